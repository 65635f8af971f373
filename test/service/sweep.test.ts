import { describe, expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import type { UsersStorage } from '../../src/index.js'
import { createTestUsers } from '../../src/testing/index.js'

const loose = (value: unknown) => value as never

describe.each<{ storage: string; make: () => UsersStorage }>([
  { storage: 'memory', make: memoryStorage },
  { storage: 'SQLite', make: () => sqliteStorage(':memory:') },
])('sweep on $storage', ({ make }) => {
  async function setUp() {
    const storage = make()
    const steps: number[] = []
    const world = createTestUsers({
      storage: {
        ...storage,
        async sweep(request) {
          steps.push(request.limit)
          return storage.sweep(request)
        },
      },
      sessions: { lifetimeMs: 1000, maxPerUser: 2000 },
    })
    await world.users.createUser({ email: 'ada@example.com', id: 'ada' })
    return { ...world, steps }
  }

  test('deletes the sessions that are expired and no other, and leaves the activity', async () => {
    const { users, clock, events } = await setUp()
    const old = await users.createUserSession('ada')
    clock.advance(1)
    const young = await users.createUserSession('ada')
    clock.advance(999)
    const before = events.length
    expect(await users.sweep()).toEqual({ sessions: 1, activity: 0 })
    await expect(users.deleteUserSession('ada', old.session.id)).rejects.toMatchObject({ code: 'session-not-found' })
    await expect(users.verifyUserSession(young.secret)).resolves.toBeDefined()
    expect((await users.getUserLogs('ada', { total: true })).total).toBe(before)
    expect(events).toHaveLength(before)
    expect(await users.sweep()).toEqual({ sessions: 0, activity: 0 })
  })

  test('deletes activity before a moment where it is asked to, and none of that moment', async () => {
    const { users, clock } = await setUp()
    await users.recordUserActivity('ada', { event: 'x.old' })
    clock.advance(1)
    await users.recordUserActivity('ada', { event: 'x.young' })
    expect(await users.sweep({ activityBefore: clock.now() })).toEqual({ sessions: 0, activity: 2 })
    expect((await users.getUserLogs('ada')).items.map(({ event }) => event)).toEqual(['x.young'])
  })

  test('goes in small steps, and stops between two of them when it is aborted', async () => {
    const { users, clock, steps } = await setUp()
    for (let n = 0; n < 1100; n++) await users.createUserSession('ada')
    clock.advance(1000)
    const controller = new AbortController()
    const reason = new Error('shutting down')
    setImmediate(() => controller.abort(reason))
    await expect(users.sweep({}, { signal: controller.signal })).rejects.toBe(reason)
    const done = steps.length
    expect(done).toBeLessThan(3)
    expect(await users.sweep()).toEqual({ sessions: 1100 - done * 500, activity: 0 })
    expect(steps.every((limit) => limit <= 500)).toBe(true)
  })
})

test.each([
  ['activityBefore', { activityBefore: '2026-01-01' }],
  ['activityBefore', { activityBefore: new Date(Number.NaN) }],
  ['sessionsBefore', { sessionsBefore: new Date(0) }],
])('sweep refuses by the path %s', async (path, options) => {
  const { users } = createTestUsers()
  await expect(users.sweep(loose(options))).rejects.toMatchObject({ code: 'invalid-input', path })
})
