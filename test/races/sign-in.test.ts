import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setImmediate as otherWork } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { postgresStorage } from '../../adapters/postgres/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import type { NewSession, UsersService, UsersStorage } from '../../src/index.js'
import { createTestUsers, insecureHasher } from '../../src/testing/index.js'
import { seededRandom } from '../../src/testing/random.js'
import { serverDatabase, serverUrl, type TestDatabase } from '../adapters/postgres/databases.js'

const rounds = 150 + 10 * Number(process.env['ROLLBOOK_ROUNDS'] ?? 10)
const seed = Number(process.env['TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const oldPassword = 'the old password'

vi.setConfig({ testTimeout: 30_000 + rounds * 200 })

let folder = ''
let files = 0
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rollbook-sign-in-'))
})
afterAll(() => rm(folder, { recursive: true }))
const server = serverUrl === '' ? undefined : serverDatabase()
afterAll(() => server?.close())

/** Lets other work go first, for a random number of turns, before and after everything slow. */
function yielding(storage: UsersStorage, random: () => number) {
  const around = async <T>(work: () => Promise<T>): Promise<T> => {
    for (let turns = Math.floor(random() * 4); turns > 0; turns--) await otherWork()
    const result = await work()
    for (let turns = Math.floor(random() * 4); turns > 0; turns--) await otherWork()
    return result
  }
  const hasher = insecureHasher()
  return {
    storage: {
      ...storage,
      findUser: (by) => around(() => storage.findUser(by)),
      findSession: (hash) => around(() => storage.findSession(hash)),
      commit: (changes) => around(() => storage.commit(changes)),
    } satisfies UsersStorage,
    passwords: {
      ...hasher,
      hash: (password: string) => around(() => hasher.hash(password)),
      verify: (hash: string, password: string) => around(() => hasher.verify(hash, password)),
    },
  }
}

interface Race {
  readonly name: string
  readonly start: (users: UsersService, id: string) => Promise<NewSession>
  readonly end: (users: UsersService, id: string) => Promise<unknown>
  /** What could bring a session back that was only hidden. */
  readonly afterwards?: (users: UsersService, id: string) => Promise<unknown>
}

const signIn: Race['start'] = (users, id) => users.signIn({ email: `${id}@example.com`, password: oldPassword })
const create: Race['start'] = (users, id) => users.createUserSession(id)
const block: Race['end'] = (users, id) => users.updateUserStatus(id, { status: 'blocked' })
const activate: Race['end'] = (users, id) => users.updateUserStatus(id, { status: 'active' })
const disableAndActivate: Race['end'] = async (users, id) => {
  await users.updateUserStatus(id, { status: 'disabled' })
  await activate(users, id)
}
const changePassword: Race['end'] = (users, id) => users.updateUserPassword(id, { password: 'the new password' })

const races: readonly Race[] = [
  { name: 'a sign-in and a block', start: signIn, end: block, afterwards: activate },
  { name: 'a sign-in and a password change', start: signIn, end: changePassword },
  { name: 'a sign-in and a deletion', start: signIn, end: (users, id) => users.deleteUser(id) },
  { name: 'createUserSession and a block', start: create, end: block, afterwards: activate },
  { name: 'createUserSession and a deletion', start: create, end: (users, id) => users.deleteUser(id) },
]

describe.each<{ name: string; make: () => UsersStorage }>([
  { name: 'memory', make: memoryStorage },
  { name: 'an SQLite file', make: () => sqliteStorage(path.join(folder, `${++files}.db`), { synchronous: 'normal' }) },
  ...(server ? [{ name: 'PostgreSQL', make: () => onServer(server) }] : []),
])(`on $name, seed ${seed}`, ({ make }) => {
  test.each(races)('of $name no live session is left [B-51]', async ({ start, end, afterwards }) => {
    const random = seededRandom(seed)
    const storage = make()
    const { users, events } = createTestUsers(yielding(storage, random))
    // Waits as long as so many reads take, which is what the two have to do as well: each comes first now and then,
    // however slow the storage is.
    async function late<T>(work: () => Promise<T>, most: number): Promise<T> {
      for (let reads = Math.floor(random() * most); reads > 0; reads--) {
        await storage.findUser({ id: 'nobody' })
        await otherWork()
      }
      return work()
    }
    const outcomes = { started: 0, refused: 0 }
    for (let round = 0; round < rounds; round++) {
      const id = `u${round}`
      await users.createUser({ id, email: `${id}@example.com`, password: oldPassword })
      const [started, ended] = await Promise.allSettled([
        late(() => start(users, id), 30),
        late(() => end(users, id), 15),
      ])
      expect(ended).toMatchObject({ status: 'fulfilled' })
      if (started.status === 'rejected') {
        outcomes.refused++
        const codes = ['invalid-credentials', 'user-not-active', 'user-not-found']
        expect(codes).toContain(Reflect.get(Object(started.reason), 'code'))
        continue
      }
      outcomes.started++
      const { secret } = started.value
      await expect(users.verifyUserSession(secret)).rejects.toMatchObject({ code: 'invalid-session' })
      await afterwards?.(users, id)
      await expect(users.verifyUserSession(secret)).rejects.toMatchObject({ code: 'invalid-session' })
    }
    // Otherwise the two never met, and the law was not tried.
    expect(outcomes.started).toBeGreaterThan(rounds / 25)
    expect(outcomes.refused).toBeGreaterThan(0)
    expect(events.length).toBeGreaterThan(rounds)
    await users.close()
  })

  test('of a sign-in and a block that is lifted at once, what was checked before the block is dead [B-51]', async () => {
    const random = seededRandom(seed + 1)
    const { users, events } = createTestUsers(yielding(make(), random))
    const id = 'lifted'
    await users.createUser({ id, email: `${id}@example.com`, password: oldPassword })
    let dead = 0
    for (let round = 0; round < rounds; round++) {
      const checked = signIn(users, id)
      const [started] = await Promise.allSettled([checked, disableAndActivate(users, id)])
      if (started.status === 'rejected') continue
      const order = events.slice(events.findLastIndex(({ event }) => event === 'session.created'))
      const isBeforeBoth = order.filter(({ event }) => event === 'user.status-updated').length === 2
      const verified = await users.verifyUserSession(started.value.secret).then(() => true, onlyInvalid)
      if (!verified) dead++
      // A session that was committed before the block cannot be alive after it.
      if (isBeforeBoth) expect(verified).toBe(false)
    }
    expect(dead).toBeGreaterThan(0)
    await users.close()
  })
})

function onServer(database: TestDatabase): UsersStorage {
  return postgresStorage({ connectionString: database.url }, { schema: database.newSchema() })
}

function onlyInvalid(error: unknown): false {
  expect(error).toMatchObject({ code: 'invalid-session' })
  return false
}
