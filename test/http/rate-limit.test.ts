import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { memoryRateLimiter, rateLimited } from '../../src/http/rate-limit.js'

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
