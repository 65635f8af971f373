import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import { type ConflictReason, StorageConflict, type UsersStorage, WriteContentionError } from '../../src/index.js'
import { createTestUsers } from '../../src/testing/index.js'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rollbook-contention-'))
  file = path.join(folder, 'users.db')
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

const twice = <T>(one: T): [T, T] => [one, one]

const ada = { email: 'ada@example.com', password: 'correct horse' }

/** A storage that answers with a conflict as often as it is told. */
function contended(reason: ConflictReason) {
  const storage = memoryStorage()
  const state = { conflicts: 0, tries: 0, attempts: [] as unknown[] }
  const busy = async <T>(work: () => Promise<T>): Promise<T> => {
    state.tries++
    if (state.conflicts-- > 0) throw new StorageConflict(reason)
    return work()
  }
  const spied: UsersStorage = {
    ...storage,
    commit: (changes) => {
      state.attempts.push(structuredClone(changes))
      return busy(() => storage.commit(changes))
    },
  }
  if (reason === 'busy') spied.findUser = (by) => busy(() => storage.findUser(by))
  return { storage: spied, state }
}

/** A clock on which a second goes by with each look, so that the time budget is used up without waiting for it. */
function hurry() {
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000))
}

test('a storage that is busy for a while is tried again, with the ids and times of the first attempt [B-93]', async () => {
  const { storage, state } = contended('busy')
  const { users, events } = createTestUsers({ storage })
  await users.createUser({ ...ada, id: 'ada' })
  state.conflicts = 5
  state.attempts.length = 0
  await users.recordUserActivity('ada', { event: 'invoice.paid' })
  expect(state.attempts).toHaveLength(6)
  expect(new Set(state.attempts.map((attempt) => JSON.stringify(attempt))).size).toBe(1)
  expect(events).toHaveLength(2)
})

test('a storage that stays busy ends in a typed error after the time budget, and nothing is written [B-93, B-101]', async () => {
  const { storage, state } = contended('busy')
  const { users, events } = createTestUsers({ storage })
  await users.createUser({ ...ada, id: 'ada' })
  const before = await users.getUser('ada')
  hurry()
  state.conflicts = Number.POSITIVE_INFINITY
  for (const call of [
    () => users.createUser({ email: 'b@example.com' }),
    () => users.updateUserName('ada', { name: 'Ada' }),
    () => users.updateUserPrefs('ada', { prefs: { a: 1 } }),
    () => users.updateUserPassword('ada', { password: 'battery staple' }),
    () => users.deleteUser('ada'),
    () => users.deleteUserSession('ada', 'x'),
    () => users.recordUserActivity('ada', { event: 'x' }),
    () => users.signIn(ada),
    () => users.getUser('ada'),
  ]) {
    await expect(call()).rejects.toThrow(WriteContentionError)
  }
  state.conflicts = 0
  expect(await users.getUser('ada')).toEqual(before)
  expect(events).toHaveLength(1)
})

test('the time budget is five seconds, in which no other work is held up [B-93, B-101]', async () => {
  const { storage, state } = contended('busy')
  const { users } = createTestUsers({ storage })
  state.conflicts = Number.POSITIVE_INFINITY
  const start = performance.now()
  let ticks = 0
  const ticking = setInterval(() => ticks++, 20)
  await expect(users.recordUserActivity('ada', { event: 'x' })).rejects.toMatchObject({
    code: 'write-contention',
    cause: { code: 'storage-conflict', reason: 'busy' },
  })
  clearInterval(ticking)
  const elapsed = performance.now() - start
  expect(elapsed).toBeGreaterThan(5000)
  expect(elapsed).toBeLessThan(8000)
  expect(ticks).toBeGreaterThan(100)
  expect(state.tries).toBeGreaterThan(50)
})

test.each<{ where: string; make: () => [UsersStorage, UsersStorage] }>([
  { where: 'in memory', make: () => twice(memoryStorage()) },
  { where: 'over two connections to a file', make: () => [sqliteStorage(file), sqliteStorage(file)] },
])(
  'a change that finds the user changed meanwhile starts again from what is there: $where [B-68, B-100]',
  async ({ make }) => {
    const [storage, otherStorage] = make()
    const other = createTestUsers({ storage: otherStorage }).users
    let meddle = async () => {}
    const { users, events } = createTestUsers({
      storage: {
        ...storage,
        async commit(changes) {
          const first = meddle
          meddle = async () => {}
          await first()
          await storage.commit(changes)
        },
      },
    })
    await users.createUser({ ...ada, id: 'ada' })
    meddle = async () => {
      await other.updateUserPrefs('ada', { prefs: { theirs: 1 } })
    }
    expect(await users.updateUserPrefs('ada', { prefs: { mine: 1 } })).toEqual({ theirs: 1, mine: 1 })
    meddle = async () => {
      await other.updateUserName('ada', { name: 'Theirs' })
    }
    await users.updateUserPassword('ada', { password: 'battery staple' })
    expect(await users.getUser('ada')).toMatchObject({ name: 'Theirs', prefs: { theirs: 1, mine: 1 } })
    meddle = async () => {
      await other.deleteUser('ada')
    }
    await expect(users.updateUserName('ada', { name: 'Mine' })).rejects.toMatchObject({ code: 'user-not-found' })
    expect(events.map(({ event }) => event)).toEqual(['user.created', 'user.prefs-updated', 'user.password-updated'])
    await users.close()
    await other.close()
  },
)

test('changes of one user at once wait for each other in the process, so that none is tried twice [B-68]', async () => {
  const { storage, state } = contended('stale-user')
  const { users } = createTestUsers({ storage })
  await users.createUser({ ...ada, id: 'ada' })
  state.tries = 0
  await Promise.all(Array.from({ length: 50 }, (_, n) => users.updateUserPrefs('ada', { prefs: { [`k${n}`]: n } })))
  expect(state.tries).toBe(50)
})

test('changes of one user that wait for each other may take longer than the time budget, when each is made', async () => {
  const storage = memoryStorage()
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  const { users } = createTestUsers({
    storage: {
      ...storage,
      async commit(changes) {
        now += 1000
        await storage.commit(changes)
      },
    },
  })
  await users.createUser({ ...ada, id: 'ada' })
  await Promise.all(Array.from({ length: 20 }, (_, n) => users.updateUserPrefs('ada', { prefs: { [`k${n}`]: n } })))
  expect(Object.keys(await users.getUserPrefs('ada'))).toHaveLength(20)
})

test('changes of one user that nobody can make are given up together, and not one after another [B-101]', async () => {
  const { storage, state } = contended('busy')
  const { users } = createTestUsers({ storage })
  await users.createUser({ ...ada, id: 'ada' })
  hurry()
  state.conflicts = Number.POSITIVE_INFINITY
  state.tries = 0
  const changes = Array.from({ length: 50 }, (_, n) => users.updateUserName('ada', { name: `${n}` }))
  for (const { status, reason } of (await Promise.allSettled(changes)) as PromiseRejectedResult[]) {
    expect([status, reason]).toEqual(['rejected', expect.any(WriteContentionError)])
  }
  // The tries of the first one: each look at the clock is a second later.
  expect(state.tries).toBeLessThan(20)
})

test('a user whom others never stop changing ends in a typed error', async () => {
  const { storage, state } = contended('stale-user')
  const { users } = createTestUsers({ storage })
  await users.createUser({ ...ada, id: 'ada' })
  hurry()
  state.conflicts = Number.POSITIVE_INFINITY
  await expect(users.updateUserName('ada', { name: 'Ada' })).rejects.toThrow(WriteContentionError)
  await expect(users.deleteUser('ada')).rejects.toThrow(WriteContentionError)
})

test('one user who is contended does not hold up another', async () => {
  const storage = memoryStorage()
  const { users } = createTestUsers({
    storage: {
      ...storage,
      async commit(changes) {
        const [first] = changes
        if (first?.op === 'replaceUser' && first.user.id === 'ada') throw new StorageConflict('stale-user')
        await storage.commit(changes)
      },
    },
  })
  await users.createUser({ ...ada, id: 'ada' })
  await users.createUser({ email: 'b@example.com', id: 'b' })
  const stuck = users.updateUserName('ada', { name: 'Ada' }).catch((error: unknown) => error)
  await expect(users.updateUserName('b', { name: 'Bea' })).resolves.toMatchObject({ name: 'Bea' })
  expect(await stuck).toBeInstanceOf(WriteContentionError)
})
