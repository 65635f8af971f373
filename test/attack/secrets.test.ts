import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { postgresStorage } from '../../adapters/postgres/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import { hashSessionSecret, newSessionSecret } from '../../src/domain/session.js'
import { apiKeys, generateApiKey } from '../../src/http/api-keys.js'
import { argon2id, type UsersStorage } from '../../src/index.js'
import { tenCalls } from '../../src/testing/http-contract/ten-calls.js'
import { createTestUsers } from '../../src/testing/index.js'
import { pgliteDatabase, type TestDatabase } from '../adapters/postgres/databases.js'
import { type Mount, mounts } from '../http/mounts.js'
import { passwords } from './watched-world.js'

const [first = '', second = '', third = ''] = passwords
const plainMounts = mounts.filter(({ name }) =>
  /^(?:Express 5|Koa 3) at (?:the root|a prefix), before|^node:http at the root/.test(name),
)

let database: TestDatabase
beforeAll(async () => {
  database = await pgliteDatabase({ trigrams: false })
})
afterAll(() => database.close())

/** All that a value shows to whoever prints it, and its causes. */
function shown(value: unknown): string {
  const texts = [inspect(value, { depth: 5, showHidden: true, maxStringLength: null, maxArrayLength: null })]
  for (let error = value; error instanceof Error; error = error.cause) {
    texts.push(JSON.stringify(error), error.message, error.stack ?? '', inspect(error, { depth: 5, showHidden: true }))
  }
  return [...texts, JSON.stringify(value) ?? ''].join('\n')
}

/** Keeps whatever is told to anybody: by way of the logger at any level, a hook, the console or a warning. */
function ears() {
  const heard: { from: string; text: string }[] = []
  const hear = (from: string, ...values: unknown[]) => void heard.push({ from, text: values.map(shown).join('\n') })
  const logger = new Proxy(
    { warn: () => undefined, error: () => undefined },
    {
      get: (_, level) =>
        level === 'then' ? undefined : (...line: unknown[]) => hear(`logger.${String(level)}`, ...line),
    },
  )
  for (const level of ['debug', 'log', 'info', 'warn', 'error'] as const) {
    vi.spyOn(console, level).mockImplementation((...line) => hear(`console.${level}`, ...line))
  }
  vi.spyOn(process, 'emitWarning').mockImplementation((...line: unknown[]) => hear('a warning', ...line))
  return { heard, hear, logger }
}

/** Does all that the documents tell of, well and badly, in process and over HTTP, and answers what was said meanwhile. */
async function runEverything(storage: UsersStorage, { start }: Mount, spoil: () => Promise<void>) {
  const { heard, hear, logger } = ears()
  const secrets: string[] = [...passwords, newSessionSecret()]
  const key = generateApiKey()
  const { users } = createTestUsers({
    storage,
    logger,
    passwords: argon2id(),
    sessions: { idleTimeoutMs: 60_000 },
    passwordPolicy: { refuse: (password) => (password === third ? 'is on the list' : undefined) },
    describeClient: (text) => {
      hear('describeClient', text)
      throw new Error('it cannot be described')
    },
    locate: (ip) => {
      hear('locate', ip)
      return Promise.reject(new Error('the map is lost'))
    },
    onEvent: (activity) => {
      hear('onEvent', activity)
      throw new Error('the listener is out')
    },
  })
  const limiter = { points: 1, duration: 1, consume: () => Promise.reject(new Error('the limiter is gone')) }
  const { url, stop } = await start({ users, authorize: apiKeys([key]), logger, rateLimiter: limiter })

  async function note(call: Promise<unknown>): Promise<void> {
    const [result] = await Promise.allSettled([call])
    if (result.status === 'rejected') return hear('an error', result.reason)
    const { secret, ...rest } = Object(result.value)
    if (typeof secret === 'string') secrets.push(secret)
    return hear('a result', rest)
  }
  async function ask(method: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<void> {
    const sent = {
      'X-Appwrite-Key': key,
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    }
    const answer = await fetch(url + path, { method, headers: sent, ...(body !== undefined && { body }) })
    hear(`${method} ${path}`, answer.status, [...answer.headers], await answer.text())
  }

  const by = { actor: 'admin', ip: '2001:db8::1', userAgent: 'curl/8.5' }
  async function all(): Promise<void> {
    const email = 'ada@example.com'
    await note(users.createUser({ id: 'ada', email, password: first }, { by }))
    await note(users.createUser({ email, password: first }))
    await note(users.createUser({ email: 'b@example.com', password: third }))
    await note(users.createUser({ email: 'nobody', password: first, name: '\0' }))
    for (const password of passwords) await note(users.signIn({ email, password }, { by }))
    await note(users.createUserSession('ada', { by }))
    for (const secret of secrets.slice(3)) await note(users.verifyUserSession(secret))
    for (const password of passwords) await note(users.verifyUserPassword({ email, password }))
    await note(users.updateUserPassword('ada', { password: second }, { by }))
    await note(users.updateUserPassword('ada', { password: third }))
    await note(users.signIn({ email, password: second }, { by }))
    await note(users.updateUserEmail('ada', { email: 'ada@example.org' }))
    await note(users.signOut(secrets.at(-1) ?? ''))
    for (const { method, path, json } of tenCalls('ada', 'none', 'new@example.com')) {
      const body = json === undefined ? undefined : JSON.stringify(json).replace('correct horse', first)
      await ask(method, path, body)
      await ask(method, path, body, { 'X-Appwrite-Key': `${key}x`, Authorization: `Bearer ${key}` })
      if (body !== undefined) await ask(method, path, `${body.slice(0, -1)},}`)
    }
    await ask('POST', '/users', JSON.stringify({ email: 'c@example.com', password: `${first}\ud800` }))
    await ask('POST', '/users', JSON.stringify({ email: 'c@example.com', password: third }))
    await ask('POST', '/users', `password=${first}`, { 'Content-Type': 'text/plain' })
    await ask('POST', '/users', `${first}`)
    await ask('POST', '/users', JSON.stringify([first]))
  }

  await all()
  const records = await storage.listUsers({ limit: 100, offset: 0, total: 'none', order: 'oldest-first' })
  await spoil()
  await all()
  await note(users.deleteUser('ada', { by }))
  await stop()
  await users.close()
  await all().catch(() => undefined)
  vi.restoreAllMocks()
  const hashes = records.items.map(({ passwordHash }) => passwordHash).filter((hash) => hash !== undefined)
  return { heard, secrets: [...secrets, ...hashes, ...secrets.slice(3).map(hashSessionSecret), key], hashes }
}

interface Stored {
  readonly kind: string
  /** A storage, and what makes it refuse each new row of users and sessions in the middle of its work. */
  make(): Promise<{ storage: UsersStorage; spoil(): Promise<void> }>
}

const stores: readonly Stored[] = [
  { kind: 'memory', make: async () => ({ storage: memoryStorage(), spoil: async () => undefined }) },
  {
    kind: 'SQLite',
    async make() {
      const { default: Database } = await import('better-sqlite3')
      const handle = new Database(':memory:')
      const storage = sqliteStorage(handle)
      await storage.migrate()
      const trigger = (table: string, event: string) =>
        `create trigger spoil_${table}_${event} before ${event} on rollbook_${table} begin select raise(abort, 'spoilt'); end`
      return {
        storage,
        async spoil() {
          for (const table of ['users', 'sessions'])
            handle.exec(`${trigger(table, 'insert')}; ${trigger(table, 'update')}`)
        },
      }
    },
  },
  {
    kind: 'PostgreSQL',
    async make() {
      const schema = database.newSchema()
      const storage = postgresStorage({ pool: database.pool }, { schema })
      await storage.migrate()
      return {
        storage,
        // The server puts the whole row into the detail of such an error.
        async spoil() {
          for (const table of ['users', 'sessions']) {
            await database.pool.query(`alter table "${schema}".rollbook_${table} add check (id is null) not valid`)
          }
        },
      }
    },
  },
]

describe.each(stores)('on $kind', ({ kind, make }) => {
  test.each(plainMounts)(
    'and $name nobody is told a password, a hash, a secret or a key [B-12, B-61]',
    async (mount) => {
      const { storage, spoil } = await make()
      const { heard, secrets, hashes } = await runEverything(storage, mount, spoil)
      expect(hashes.length).toBeGreaterThan(1)
      expect(secrets.length).toBeGreaterThan(passwords.length + hashes.length + 5)
      const sources = new Set(heard.map(({ from }) => from))
      for (const from of ['logger.error', 'onEvent', 'an error', 'a result', 'POST /users'])
        expect(sources).toContain(from)
      if (kind !== 'memory') expect(heard.some(({ text }) => text.includes('StorageFailedError'))).toBe(true)
      for (const { from, text } of heard) {
        for (const secret of secrets) if (text.includes(secret)) expect.fail(`${from} holds a secret: ${text}`)
        if (/\$argon2id\$v|Failing row/.test(text)) expect.fail(`${from} holds a hash or a row: ${text}`)
      }
    },
  )
})
