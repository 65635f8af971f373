import {
  BurstyRateLimiter,
  RateLimiterMemory,
  RateLimiterQueue,
  RateLimiterUnion,
  RLWrapperBlackAndWhite,
  RLWrapperTimeouts,
} from 'rate-limiter-flexible'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createDispatcher } from '../../src/http/dispatcher.js'
import { checkedHttpOptions, type UsersHttpOptions } from '../../src/http/options.js'
import { memoryRateLimiter, rateLimited } from '../../src/http/rate-limit.js'
import { letIn } from '../../src/testing/http-contract/world.js'
import { createTestUsers } from '../../src/testing/test-users.js'

const silent = { warn: () => undefined, error: () => undefined }

describe('rate limit', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date('2026-01-01T00:10:00.250Z') })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('the headers tell the window that begins with the first request [B-79]', async () => {
    const limiter = memoryRateLimiter()
    const first = await rateLimited(limiter, 'deleteUserSessions', 'ada', silent)
    expect(first).toEqual({
      'X-RateLimit-Limit': '100',
      'X-RateLimit-Remaining': '99',
      'X-RateLimit-Reset': String(Date.parse('2026-01-01T01:10:01Z') / 1000),
      'RateLimit-Policy': '"deleteUserSessions";q=100;w=3600',
      RateLimit: '"deleteUserSessions";r=99;t=3600',
    })
    await vi.advanceTimersByTimeAsync(1_800_000)
    const second = await rateLimited(limiter, 'deleteUserSessions', 'ada', silent)
    expect(second['RateLimit']).toBe('"deleteUserSessions";r=98;t=1800')
  })

  test('after 100 requests the caller waits for the end of the window, and then passes [B-78, B-80]', async () => {
    const limiter = memoryRateLimiter()
    const ask = () => rateLimited(limiter, 'deleteUserSessions', 'ada', silent)
    for (let count = 0; count < 100; count++) await ask()
    await vi.advanceTimersByTimeAsync(3_599_000)
    const refusal = { code: 'rate-limited', headers: expect.objectContaining({ 'Retry-After': '1' }) }
    await expect(ask()).rejects.toMatchObject(refusal)
    await vi.advanceTimersByTimeAsync(1001)
    expect(await ask()).toMatchObject({ 'X-RateLimit-Remaining': '99' })
  })

  test('of many requests at once exactly 100 pass [B-81]', async () => {
    const limiter = memoryRateLimiter()
    const asked = Array.from({ length: 200 }, () => rateLimited(limiter, 'deleteUserSessions', 'ada', silent))
    const settled = await Promise.allSettled(asked)
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(100)
  })
})

describe('what is no limiter to count with', () => {
  const { users } = createTestUsers()
  const memory = (points = 2, duration = 60) => new RateLimiterMemory({ points, duration })
  const consume = memory().consume
  const made = (rateLimiter: unknown) =>
    createDispatcher(checkedHttpOptions('expressUsers', { users, authorize: letIn, rateLimiter } as UsersHttpOptions))

  test.each<readonly [what: string, limiter: unknown]>([
    ['(RateLimiterUnion) has no points', new RateLimiterUnion(memory(), memory())],
    ['(BurstyRateLimiter) has no duration', new BurstyRateLimiter(memory(), memory())],
    ['(RLWrapperBlackAndWhite) has no points', new RLWrapperBlackAndWhite({ limiter: memory() })],
    ['(RLWrapperTimeouts) has no points', new RLWrapperTimeouts({ limiter: memory(), timeoutMs: 10 })],
    ['(RateLimiterQueue) has no consume', new RateLimiterQueue(memory())],
    ['(RateLimiterMemory) has no duration', memory(2, 0)],
    ['(RateLimiterMemory) has no points', memory(-1)],
    ['(Object) has no points', { points: '100', duration: 60, consume }],
    ['(Object) has no points', { points: 1.5, duration: 60, consume }],
    ['(Object) has no duration', { points: 1, duration: Number.POSITIVE_INFINITY, consume }],
    ['(the object) has no consume', Object.create(null)],
    ['must be a limiter', RateLimiterMemory],
    ['must be a limiter', null],
  ])('is refused when the router is made, by its name, with what to pass instead: %s [B-155]', (what, limiter) => {
    expect(() => made(limiter)).toThrow(
      expect.objectContaining({ code: 'invalid-options', message: expect.stringContaining(`rateLimiter ${what}`) }),
    )
  })

  test('a limiter, and an object that asks several of them, are taken [B-155]', async () => {
    expect(made(memory()).answer).toBeTypeOf('function')
    const [short, long] = [memory(2, 1), memory(3, 60)]
    const both = {
      points: 3,
      duration: 60,
      consume: async (key: string) => short.consume(key).then(() => long.consume(key)),
    }
    expect(made(both).answer).toBeTypeOf('function')
    const ask = () => rateLimited(both, 'deleteUserSessions', 'ada', silent)
    expect(await ask()).toMatchObject({ 'X-RateLimit-Remaining': '2' })
    expect(await ask()).toMatchObject({ 'X-RateLimit-Remaining': '1' })
    await expect(ask()).rejects.toMatchObject({ code: 'rate-limited' })
  })

  test('an answer that tells no state is a failure of the limiter, and no header tells NaN or undefined [B-155]', async () => {
    const union = new RateLimiterUnion(memory())
    const told: unknown[] = []
    const logger = { warn: () => undefined, error: (fields: object) => void told.push(fields) }
    const consume: never = union.consume.bind(union) as never
    expect(await rateLimited({ points: 2, duration: 60, consume }, 'deleteUserSessions', 'ada', logger)).toEqual({})
    expect(told).toEqual([{ err: expect.any(TypeError), route: 'deleteUserSessions' }])
  })
})
