import { execFile } from 'node:child_process'
import { scryptSync } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { hash } from '@node-rs/argon2'
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { admin } from 'better-auth/plugins'
import Database from 'better-sqlite3'
import { afterAll, expect, test } from 'vitest'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import { createUsersService, type UsersService } from '../../src/index.js'
import { compiledBlocks } from './code-blocks.js'

const folder = mkdtempSync(path.join(os.tmpdir(), 'rollbook-migrations-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The folder of a guide, and its programs, which run there. */
async function guide(name: string) {
  const [importing, app] = await compiledBlocks(name, `docs/${name}.md`)
  const cwd = path.join(folder, name)
  mkdirSync(cwd)
  const run = (...args: string[]) => promisify(execFile)(process.execPath, args, { cwd })
  return {
    at: (file: string) => path.join(cwd, file),
    importUsers: async () => (await run(importing?.compiled ?? '')).stdout,
    /** Signs in by the app of the guide, and answers the ids, or the codes of the refusals. */
    async signIn(...credentials: { email: string; password: string }[]): Promise<string[]> {
      const program = `
        const { users } = await import(${JSON.stringify(pathToFileURL(app?.compiled ?? '').href)})
        const answers = []
        for (const one of ${JSON.stringify(credentials)}) {
          answers.push(await users.signIn(one).then(({ user }) => user.id, ({ code }) => code))
        }
        await users.close()
        console.log(JSON.stringify(answers))`
      return JSON.parse((await run('--input-type=module', '-e', program)).stdout)
    },
  }
}

async function looking<T>(file: string, look: (users: UsersService) => Promise<T>): Promise<T> {
  const users = createUsersService({ storage: sqliteStorage(file) })
  return look(users).finally(() => users.close())
}

/** What the app keeps of passwords, by the ids of users. */
function hashesIn(file: string): Record<string, string> {
  const database = new Database(file, { readonly: true })
  const rows = database.prepare('select id, password_hash from rollbook_users').raw().all()
  database.close()
  return Object.fromEntries(rows as [string, string][])
}

test('the users of a better-auth database keep id, date, ban and password, and get an argon2id hash', async () => {
  const { at, importUsers, signIn } = await guide('from-better-auth')
  const database = new Database(at('auth.db'))
  const auth = betterAuth({
    database,
    secret: 'a secret of the test, of 32 characters or more',
    baseURL: 'http://127.0.0.1',
    emailAndPassword: { enabled: true },
    telemetry: { enabled: false },
    plugins: [admin()],
  })
  await (await getMigrations(auth.options)).runMigrations()
  const ada = { email: 'ada@example.com', password: 'correct hörse' }
  const eve = { email: 'eve@example.com', password: 'a thief of horses' }
  const signUp = async (body: typeof ada, name: string) =>
    (await auth.api.signUpEmail({ body: { ...body, name } })).user
  const [{ id, createdAt }, { id: eveId }] = [await signUp(ada, 'Ada'), await signUp(eve, 'Eve\n')]
  database.prepare('update user set banned = 1, image = ? where id = ?').run('eve.png', eveId)

  expect(await importUsers()).toContain('{ created: 1, known: 0, refused: 1 }')
  database.prepare('update user set name = ? where id = ?').run('Eve', eveId)
  database.close()
  expect(await importUsers()).toContain('{ created: 1, known: 1, refused: 0 }')

  await looking(at('users.db'), async (users) => {
    expect(await users.getUser(id)).toMatchObject({ email: ada.email, name: 'Ada', status: 'active', createdAt })
    expect(await users.getUser(eveId)).toMatchObject({ status: 'blocked', prefs: { image: 'eve.png', role: 'user' } })
  })
  expect(hashesIn(at('users.db'))[id]).toMatch(/^[0-9a-f]{32}:/)
  const wrong = { ...ada, password: 'wrong' }
  expect(await signIn(wrong, ada, eve, ada, wrong)).toEqual([
    'invalid-credentials',
    id,
    'invalid-credentials',
    id,
    'invalid-credentials',
  ])
  expect(hashesIn(at('users.db'))[id]).toMatch(/^\$argon2id\$/)
})

test('the users of Lucia keep ids and passwords, whichever of its hashes they have', async () => {
  const { at, importUsers, signIn } = await guide('from-lucia')
  const scrypt = (password: string, salt: string, r: number) =>
    `${salt}:${scryptSync(password.normalize('NFKC'), salt, 64, { N: 16_384, r, p: 1, maxmem: 2 ** 26 }).toString('hex')}`
  const password = 'correct ﬁsh'
  const hashes: Record<string, string> = {
    argon2id: await hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 }),
    oslo: scrypt(password, 'aB3aB3aB3aB3aB3a', 16),
    third: scrypt(password, '00112233445566778899aabbccddeeff', 16),
    second: `s2:${scrypt(password, '0123456789abcdef', 16)}`,
    first: scrypt(password, '0123456789abcdef', 8),
  }
  const database = new Database(at('lucia.db'))
  database.exec('create table user (id text primary key, email text, password_hash text)')
  const insert = database.prepare('insert into user values (?, ?, ?)')
  for (const [id, kept] of Object.entries(hashes)) insert.run(id, `${id}@example.com`, kept)
  insert.run('17', 'nobody@example.com', null)
  database.close()

  expect(await importUsers()).toContain('{ created: 6, known: 0, refused: 0 }')
  expect(await importUsers()).toContain('{ created: 0, known: 6, refused: 0 }')
  const ids = Object.keys(hashes)
  const refused = ids.map(() => 'invalid-credentials')
  const as = (password: string) => ids.map((id) => ({ email: `${id}@example.com`, password }))
  expect(await signIn(...as('correct dish'), ...as(password))).toEqual([...refused, ...ids])
  const { 17: none, ...kept } = hashesIn(at('users.db'))
  expect(none).toBe(null)
  expect(Object.values(kept).filter((one) => !one.startsWith('$argon2id$'))).toEqual([])
})

test('the users of Appwrite keep ids, dates, blocks and argon2 hashes, which the default hasher reads', async () => {
  const { at, importUsers } = await guide('from-appwrite')
  const ada = {
    $id: '5e5ea5c16897e',
    name: 'Ada',
    password: await hash('secret', { memoryCost: 2048, timeCost: 4, parallelism: 3 }),
    hash: 'argon2',
    registration: '2020-10-15T06:38:00.000+00:00',
    status: true,
    email: 'ada@example.com',
    emailVerification: true,
    prefs: { theme: 'dark' },
  }
  const eve = {
    ...ada,
    $id: 'eve.1',
    email: 'eve@example.com',
    status: 2,
    registration: 1_600_000_000,
    prefs: [],
    password: '',
  }
  const phone = { ...ada, $id: 'phone', email: '' }
  writeFileSync(at('appwrite-users.jsonl'), [ada, eve, phone].map((user) => JSON.stringify(user)).join('\n'))

  expect(await importUsers()).toContain('{ created: 2, known: 0, refused: 1 }')
  expect(await importUsers()).toContain('{ created: 0, known: 2, refused: 1 }')
  await looking(at('users.db'), async (users) => {
    const { user } = await users.signIn({ email: ada.email, password: 'secret' })
    const createdAt = new Date(ada.registration)
    expect(user).toMatchObject({ id: ada.$id, emailVerified: true, prefs: ada.prefs, createdAt })
    const blocked = { status: 'blocked', hasPassword: false, prefs: {}, createdAt: new Date(1_600_000_000_000) }
    expect(await users.getUser(eve.$id)).toMatchObject(blocked)
  })
  expect(hashesIn(at('users.db'))[ada.$id]).toContain('m=19456')
})
