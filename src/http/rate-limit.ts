import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { Logger } from '../ports/logger.js'
import { HttpError } from './errors.js'
import { inTime } from './in-time.js'

/**
 * The part of a `rate-limiter-flexible` limiter that is used. Pass its Redis or PostgreSQL limiter to share counts. Its
 * wrappers do not expose their limit, and its union returns several states: wrap those in an object with these three.
 */
export interface RateLimiter {
  /** Requests per window: a whole number from 1. */
  readonly points: number
  /** Length of a window in seconds: more than 0. */
  readonly duration: number
  /** Resolves with the state, or rejects with it when no points are left. */
  consume(key: string): Promise<RateLimiterState>
}

/** The name of a header with the state of a limit. */
export type RateLimitHeader = keyof ReturnType<typeof headers>

export interface RateLimiterState {
  readonly remainingPoints: number
  readonly msBeforeNext: number
}

/** 100 requests in 60 minutes, counted in this process from a caller's first request. */
export function memoryRateLimiter(): RateLimiter {
  return new RateLimiterMemory({ points: 100, duration: 60 * 60 })
}

/**
 * Counts a request of a caller on a route, and returns the headers with the state: the widespread `X-RateLimit`
 * ones, and those of draft-ietf-httpapi-ratelimit-headers. When the limiter itself fails, the failure is logged and the
 * request proceeds: on a bad day it must still be possible to end sessions.
 *
 * @throws {HttpError} when the caller has used up the route's limit.
 */
export async function rateLimited(
  limiter: RateLimiter,
  route: string,
  actor: string,
  logger: Logger,
): Promise<Record<string, string>> {
  const { points, duration } = limiter
  let state: unknown
  try {
    state = await inTime('the rate limiter', limiter.consume(`${route}:${actor}`))
    if (isState(state)) return headers(points, duration, route, state)
    throw new TypeError('the rate limiter did not return { remainingPoints, msBeforeNext }')
  } catch (error) {
    if (!isRefusal(error)) {
      logger.error({ err: error, route }, 'rollbook: the rate limiter failed; the request proceeds without it')
      return {}
    }
    const exhausted = headers(points, duration, route, { remainingPoints: 0, msBeforeNext: error.msBeforeNext })
    const retryAfter = String(Math.max(1, Math.ceil(error.msBeforeNext / 1000)))
    throw tooManyRequests({ ...exhausted, 'Retry-After': retryAfter })
  }
}

/** The refusal of a request over the limit. */
export function tooManyRequests(headers: Readonly<Record<string, string>> = {}): HttpError {
  return new HttpError('rate-limited', 'Too many requests', headers)
}

/** Returns what is wrong with a limiter, for the error of an option, or `undefined`. */
export function limiterFault(limiter: unknown): string | undefined {
  if (typeof limiter !== 'object' || limiter === null) return 'must be a limiter of rate-limiter-flexible'
  const name = limiter.constructor?.name || 'the object'
  const give = 'pass a limiter of rate-limiter-flexible, or { points, duration, consume } where consume asks yours'
  if (!('consume' in limiter) || typeof limiter.consume !== 'function') return `(${name}) has no consume: ${give}`
  // A wrapper has undefined or 0 for what it does not know, and a union other names.
  const { points, duration } = limiter as { readonly points?: unknown; readonly duration?: unknown }
  if (!Number.isSafeInteger(points) || Number(points) < 1)
    return `(${name}) has no points, a whole number from 1: ${give}`
  if (!Number.isFinite(duration) || Number(duration) <= 0) return `(${name}) has no duration, in seconds: ${give}`
  return undefined
}

function headers(points: number, duration: number, route: string, state: RateLimiterState) {
  const remaining = Math.max(0, state.remainingPoints)
  const seconds = Math.max(0, Math.ceil(state.msBeforeNext / 1000))
  return {
    'X-RateLimit-Limit': String(points),
    'X-RateLimit-Remaining': String(remaining),
    'X-RateLimit-Reset': String(Math.ceil((Date.now() + state.msBeforeNext) / 1000)),
    'RateLimit-Policy': `"${route}";q=${points};w=${Math.ceil(duration)}`,
    RateLimit: `"${route}";r=${remaining};t=${seconds}`,
  }
}

function isState(value: unknown): value is RateLimiterState {
  return isRefusal(value) && 'remainingPoints' in value && Number.isFinite(value.remainingPoints)
}

/** Whether a limiter rejected because no points are left. An `Error` says that it failed instead. */
function isRefusal(value: unknown): value is Pick<RateLimiterState, 'msBeforeNext'> {
  if (typeof value !== 'object' || value === null || value instanceof Error) return false
  return 'msBeforeNext' in value && Number.isFinite(value.msBeforeNext)
}
