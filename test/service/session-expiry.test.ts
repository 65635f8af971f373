import { describe, expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import { StorageFailedError, type UsersStorage } from '../../src/index.js'
import { createTestUsers } from '../../src/testing/index.js'

const invalidSession = expect.objectContaining({ code: 'invalid-session' })
const day = 24 * 60 * 60 * 1000

describe.each<{ storage: string; make: () => UsersStorage }>([
  { storage: 'memory', make: memoryStorage },
  { storage: 'SQLite', make: () => sqliteStorage(':memory:') },
])('on $storage', ({ make }) => {
  async function setUp(sessions: { lifetimeMs?: number; idleTimeoutMs?: number }) {
    const storage = make()
    const touches: Date[] = []
    const state = { isFailing: false }
    const warnings: string[] = []
    const world = createTestUsers({
      storage: {
        ...storage,
        async commit(changes) {
          for (const change of changes) if (change.op === 'touchSession') touches.push(change.usedAt)
          if (state.isFailing) throw new StorageFailedError('full')
          await storage.commit(changes)
        },
      },
      sessions,
      logger: { warn: (_, message) => warnings.push(message), error: (_, message) => warnings.push(message) },
    })
    await world.users.createUser({ email: 'ada@example.com', id: 'ada' })
    const { secret } = await world.users.createUserSession('ada')
    const count = async () => (await world.users.getUserSessions('ada', { total: true })).total
    return { ...world, secret, count, touches, state, warnings }
  }

  test('a session lives until a millisecond before it expires, however much it is used [B-55]', async () => {
    const { users, clock, secret, count } = await setUp({})
    clock.advance(30 * day - 1)
    await expect(users.verifyUserSession(secret)).resolves.toBeDefined()
    expect(await count()).toBe(1)
    clock.advance(1)
    await expect(users.verifyUserSession(secret)).rejects.toEqual(invalidSession)
    expect(await count()).toBe(0)
    clock.advance(3650 * day)
    await expect(users.verifyUserSession(secret)).rejects.toEqual(invalidSession)
  })

  test('without an idle timeout using a session writes nothing', async () => {
    const { users, clock, secret, touches } = await setUp({})
    clock.advance(day)
    await users.verifyUserSession(secret)
    expect(touches).toEqual([])
  })

  test('an idle session ends at exactly its timeout [B-55]', async () => {
    const { users, clock, secret, count } = await setUp({ idleTimeoutMs: 1000 })
    clock.advance(999)
    expect(await count()).toBe(1)
    clock.advance(1)
    expect(await count()).toBe(0)
    await expect(users.verifyUserSession(secret)).rejects.toEqual(invalidSession)
  })

  test('use keeps a session from being idle, but not from expiring', async () => {
    const { users, clock, secret } = await setUp({ idleTimeoutMs: 1000, lifetimeMs: 5000 })
    for (let n = 0; n < 5; n++) {
      clock.advance(990)
      await expect(users.verifyUserSession(secret)).resolves.toBeDefined()
    }
    clock.advance(50)
    await expect(users.verifyUserSession(secret)).rejects.toEqual(invalidSession)
  })

  test('use is written after a tenth of the timeout at the earliest, and a minute at the latest', async () => {
    const { users, clock, secret, touches } = await setUp({ idleTimeoutMs: 1000 })
    for (const step of [0, 99, 1, 50, 50]) {
      clock.advance(step)
      await users.verifyUserSession(secret)
    }
    const start = Date.UTC(2026, 0, 1)
    expect(touches.map((at) => at.getTime() - start)).toEqual([100, 200])

    const slow = await setUp({ idleTimeoutMs: day })
    slow.clock.advance(59_999)
    await slow.users.verifyUserSession(slow.secret)
    expect(slow.touches).toEqual([])
    slow.clock.advance(1)
    await slow.users.verifyUserSession(slow.secret)
    expect(slow.touches).toHaveLength(1)
  })

  test('a use that cannot be written is logged, and the session is good', async () => {
    const { users, clock, secret, state, warnings } = await setUp({ idleTimeoutMs: 1000 })
    clock.advance(500)
    state.isFailing = true
    await expect(users.verifyUserSession(secret)).resolves.toBeDefined()
    expect(warnings).toEqual([expect.stringContaining('could not be stored')])
  })

  test('a clock that goes back revives no session that was swept, and breaks none that lives [B-55, B-111]', async () => {
    const { users, clock, secret } = await setUp({ lifetimeMs: 1000, idleTimeoutMs: 1000 })
    clock.advance(1000)
    expect(await users.sweep()).toEqual({ sessions: 1, tokens: 0, activity: 0 })
    clock.advance(-3_600_000)
    await expect(users.verifyUserSession(secret)).rejects.toEqual(invalidSession)
    const next = await users.createUserSession('ada')
    clock.advance(-3_600_000)
    await expect(users.verifyUserSession(next.secret)).resolves.toBeDefined()
  })
})
