import type { RateLimiter } from '../../http/rate-limit.js'

/** A limiter for a few requests, which counts and forgets nothing. */
export function tinyLimiter(points: number): RateLimiter & { readonly counts: ReadonlyMap<string, number> } {
  const counts = new Map<string, number>()
  return {
    points,
    duration: 3600,
    counts,
    async consume(key) {
      const count = (counts.get(key) ?? 0) + 1
      counts.set(key, count)
      const state = { remainingPoints: Math.max(0, points - count), msBeforeNext: 1_799_001 }
      // A limiter of rate-limiter-flexible rejects with the state, which is not an Error.
      return count <= points ? state : Promise.reject(state)
    },
  }
}
