import { describe, expect, test, vi } from 'vitest'
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
    const steps: { limit: number; deleted: number }[] = []
    const log: string[] = []
    const world = createTestUsers({
      storage: {
        ...storage,
        async sweep(request) {
          const result = await storage.sweep(request)
          steps.push({
            limit: request.limit,
            deleted: result.deleted.sessions + result.deleted.tokens + result.deleted.activity,
          })
          log.push('step')
          return result
        },
      },
      sessions: { lifetimeMs: 1000, maxPerUser: 2000 },
    })
    await world.users.createUser({ email: 'ada@example.com', id: 'ada' })
    return { ...world, steps, log }
  }

  test('deletes the sessions that are expired and no other, and leaves the activity', async () => {
    const { users, clock, events } = await setUp()
    const old = await users.createUserSession('ada')
    clock.advance(1)
    const young = await users.createUserSession('ada')
    clock.advance(999)
    const before = events.length
    expect(await users.sweep()).toEqual({ sessions: 1, tokens: 0, activity: 0 })
    await expect(users.deleteUserSession('ada', old.session.id)).rejects.toMatchObject({ code: 'session-not-found' })
    await expect(users.verifyUserSession(young.secret)).resolves.toBeDefined()
    expect((await users.getUserLogs('ada', { total: true })).total).toBe(before)
    expect(events).toHaveLength(before)
    expect(await users.sweep()).toEqual({ sessions: 0, tokens: 0, activity: 0 })
  })

  test('deletes activity before a moment where it is asked to, and none of that moment [B-64]', async () => {
    const { users, clock } = await setUp()
    await users.recordUserActivity('ada', { event: 'x.old' })
    clock.advance(1)
    await users.recordUserActivity('ada', { event: 'x.young' })
    expect(await users.sweep({ activityBefore: clock.now() })).toEqual({ sessions: 0, tokens: 0, activity: 2 })
    expect((await users.getUserLogs('ada')).items.map(({ event }) => event)).toEqual(['x.young'])
  })

  test('goes in steps of at most 500 rows, none of which deletes more than it may [B-64]', async () => {
    const { users, clock, steps } = await setUp()
    for (let n = 0; n < 1100; n++) await users.createUserSession('ada')
    clock.advance(1000)
    expect(await users.sweep({ activityBefore: clock.now() })).toEqual({ sessions: 1100, tokens: 0, activity: 1101 })
    expect(Math.max(...steps.map(({ limit }) => limit))).toBeLessThanOrEqual(500)
    for (const { limit, deleted } of steps) expect(deleted).toBeLessThanOrEqual(limit)
    expect(steps.length).toBeGreaterThan(4)
  })

  test('stops between two steps when it is aborted: what is deleted stays so, and the next sweep goes on [B-64]', async () => {
    const { users, clock, steps } = await setUp()
    for (let n = 0; n < 1100; n++) await users.createUserSession('ada')
    clock.advance(1000)
    const controller = new AbortController()
    const reason = new Error('shutting down')
    setImmediate(() => controller.abort(reason))
    await expect(users.sweep({}, { signal: controller.signal })).rejects.toBe(reason)
    const before = steps.reduce((sum, { deleted }) => sum + deleted, 0)
    expect(steps.length).toBeLessThan(3)
    expect(await users.sweep()).toEqual({ sessions: 1100 - before, tokens: 0, activity: 0 })
  })

  test('lets the operations of others run between two steps [B-64]', async () => {
    const { users, clock, log } = await setUp()
    for (let n = 0; n < 1100; n++) await users.createUserSession('ada')
    clock.advance(1000)
    const others = async () => {
      for (let n = 0; n < 3; n++) {
        await new Promise(setImmediate)
        await users.recordUserActivity('ada', { event: 'x.other' })
        log.push('other')
      }
    }
    await Promise.all([users.sweep(), others()])
    const last = log.lastIndexOf('step')
    expect(log.slice(0, last).filter((what) => what === 'other')).toHaveLength(3)
  })
})

test('a step that takes long is followed by smaller ones, and a quick one by larger ones', async () => {
  const limits: number[] = []
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  const { users } = createTestUsers({
    storage: {
      ...memoryStorage(),
      async sweep({ limit }) {
        limits.push(limit)
        now += limits.length < 8 ? 1 : 30
        return { deleted: { sessions: limit, tokens: 0, activity: 0 }, done: limits.length === 12 }
      },
    },
  })
  await users.sweep()
  vi.restoreAllMocks()
  expect(limits).toEqual([20, 40, 80, 160, 320, 500, 500, 500, 250, 125, 63, 32])
})

test.each([
  ['activityBefore', { activityBefore: '2026-01-01' }],
  ['activityBefore', { activityBefore: new Date(Number.NaN) }],
  ['sessionsBefore', { sessionsBefore: new Date(0) }],
])('sweep refuses by the path %s', async (path, options) => {
  const { users } = createTestUsers()
  await expect(users.sweep(loose(options))).rejects.toMatchObject({ code: 'invalid-input', path })
})
