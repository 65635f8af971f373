import type { JsonObject } from '../../domain/json.js'
import type { RateLimitHeader } from '../rate-limit.js'
import type { Route } from '../route.js'

type Header = RateLimitHeader | 'Retry-After' | 'WWW-Authenticate' | 'X-Rollbook-Dialect'

const whole = { type: 'integer', minimum: 0 }

const rateLimitHeaders: Readonly<Record<RateLimitHeader, JsonObject>> = {
  'X-RateLimit-Limit': { description: 'Requests in a window: of one caller, on this route.', schema: whole },
  'X-RateLimit-Remaining': { description: 'Requests that are left in this window.', schema: whole },
  'X-RateLimit-Reset': { description: 'When the window ends, in Unix seconds.', schema: whole },
  'RateLimit-Policy': {
    description: 'The route, requests (q) and seconds (w) of a window, as in draft-ietf-httpapi-ratelimit-headers.',
    schema: { type: 'string' },
  },
  RateLimit: {
    description: 'The route, requests that are left (r) and seconds until the window ends (t), as in that draft.',
    schema: { type: 'string' },
  },
}

/** The headers of responses. Those of a rate limit are missing while the limiter itself fails. */
export function responseHeaders(dialect: string): Readonly<Record<Header, JsonObject>> {
  return {
    'X-Rollbook-Dialect': { description: 'The wire format of this answer.', schema: { const: dialect } },
    ...rateLimitHeaders,
    'Retry-After': { description: 'Seconds after which to try again.', schema: whole },
    'WWW-Authenticate': { description: 'How to authenticate.', schema: { const: 'Bearer' } },
  }
}

// `Object.keys` forgets the names of the keys.
const rateLimitHeaderNames = Object.keys(rateLimitHeaders) as RateLimitHeader[]

/** References to the headers of a status. Requests are counted only once the caller is let in. */
export function headersOf(route: Route, status: number): JsonObject {
  const isCounted = route.isLimited === true && ![401, 403, 500].includes(status)
  const names: Header[] = [
    'X-Rollbook-Dialect',
    ...(status === 401 ? (['WWW-Authenticate'] as const) : []),
    ...(status === 429 || status === 503 ? (['Retry-After'] as const) : []),
    ...(isCounted ? rateLimitHeaderNames : []),
  ]
  return { headers: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }])) }
}
