import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { memoryRateLimiter } from '../../src/http/rate-limit.js'
import { createTestUsers } from '../../src/testing/index.js'

const minute = 60_000

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Answers whether a caller gets through. */
function passes(limiter: ReturnType<typeof memoryRateLimiter>, key = 'caller'): Promise<boolean> {
  return limiter.consume(key).then(
    () => true,
    () => false,
  )
}

/** A limiter whose window the caller has used up. */
async function usedUp() {
  const limiter = memoryRateLimiter()
  for (let n = 0; n < 100; n++) expect(await passes(limiter)).toBe(true)
  expect(await passes(limiter)).toBe(false)
  return limiter
}

test('a clock that is set back opens no new window, and keeps nobody out for longer than the old one [B-82]', async () => {
  const limiter = await usedUp()
  vi.setSystemTime(Date.now() - 60 * minute)
  expect(await passes(limiter)).toBe(false)
  vi.advanceTimersByTime(60 * minute - 1)
  expect(await passes(limiter)).toBe(false)
  vi.advanceTimersByTime(1)
  expect(await passes(limiter)).toBe(true)
})

test('a clock that is set forward opens one new window, with as many requests as any [B-82]', async () => {
  const limiter = await usedUp()
  vi.setSystemTime(Date.now() + 61 * minute)
  for (let n = 0; n < 100; n++) expect(await passes(limiter)).toBe(true)
  expect(await passes(limiter)).toBe(false)
})

test('the counts of 1,000 callers are forgotten when their windows end [B-86]', async () => {
  const limiter = memoryRateLimiter()
  for (let n = 0; n < 1000; n++) await limiter.consume(`caller ${n}`)
  expect(vi.getTimerCount()).toBe(1000)
  vi.advanceTimersByTime(60 * minute)
  expect(vi.getTimerCount()).toBe(0)
  expect(await limiter.consume('caller 0')).toMatchObject({ remainingPoints: 99 })
})

test('calls in process are not limited [B-88]', async () => {
  const { users } = createTestUsers()
  await users.createUser({ email: 'ada@example.com', id: 'ada' })
  for (let n = 0; n < 150; n++) await expect(users.deleteUserSessions('ada')).resolves.toBeUndefined()
})
