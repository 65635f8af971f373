import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { Logger } from '../ports/logger.js'
import { inTime } from './in-time.js'
import { HttpRefusal } from './refusal.js'

/** The part of a limiter of `rate-limiter-flexible` that is used: pass its Redis or PostgreSQL one to share counts. */
export interface RateLimiter {
  /** Requests in a window. */
  readonly points: number
  /** Seconds of a window. */
  readonly duration: number
  /** Resolves with the state, or rejects with it when the points are used up. */
  consume(key: string): Promise<RateLimiterState>
}

/** The name of a header that tells the state of a limit. */
export type RateLimitHeader = keyof ReturnType<typeof headers>

export interface RateLimiterState {
  readonly remainingPoints: number
  readonly msBeforeNext: number
}

/** As documented: 100 requests in 60 minutes, counted in this process from a caller's first request. */
export function memoryRateLimiter(): RateLimiter {
  return new RateLimiterMemory({ points: 100, duration: 60 * 60 })
}

/**
 * Counts a request of a caller on a route, and answers the headers that tell the state: those of the documented API,
 * and those of draft-ietf-httpapi-ratelimit-headers. When the limiter itself fails, the request goes on and the
 * failure is reported: ending sessions must work on the day when something else does not.
 *
 * @throws {HttpRefusal} when the caller has used up the route's limit.
 */
export async function rateLimited(
  limiter: RateLimiter,
  route: string,
  actor: string,
  logger: Logger,
): Promise<Record<string, string>> {
  const { points, duration } = limiter
  try {
    return headers(points, duration, route, await inTime('the rate limiter', limiter.consume(`${route}:${actor}`)))
  } catch (error) {
    if (!isState(error)) {
      logger.error({ err: error, route }, 'rollbook: the rate limiter failed; the request goes on without it')
      return {}
    }
    const told = headers(points, duration, route, error)
    const retryAfter = String(Math.max(1, Math.ceil(error.msBeforeNext / 1000)))
    throw new HttpRefusal('rate-limited', 'Too many requests', { ...told, 'Retry-After': retryAfter })
  }
}

function headers(points: number, duration: number, route: string, state: RateLimiterState) {
  const remaining = Math.max(0, state.remainingPoints)
  const seconds = Math.max(0, Math.ceil(state.msBeforeNext / 1000))
  return {
    'X-RateLimit-Limit': String(points),
    'X-RateLimit-Remaining': String(remaining),
    'X-RateLimit-Reset': String(Math.ceil((Date.now() + state.msBeforeNext) / 1000)),
    'RateLimit-Policy': `"${route}";q=${points};w=${duration}`,
    RateLimit: `"${route}";r=${remaining};t=${seconds}`,
  }
}

function isState(value: unknown): value is RateLimiterState {
  return typeof value === 'object' && value !== null && 'msBeforeNext' in value && !(value instanceof Error)
}
