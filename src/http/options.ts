import { InvalidOptionsError } from '../errors/index.js'
import type { Logger } from '../ports/logger.js'
import type { UsersService } from '../service/users-service.js'
import type { Authorize } from './authorization.js'
import { limiterFault, type RateLimiter } from './rate-limit.js'

/** The options of every mount. */
export interface UsersHttpOptions<Host = unknown> {
  readonly users: UsersService
  /** Who may do what: `apiKeys([...])`, or a function of the host's. There is no default. */
  readonly authorize: Authorize<Host>
  /** What comes before `/users` in the path that the mount gets to see: `/v1`. Nothing when absent. */
  readonly prefix?: string | undefined
  /**
   * A limiter of `rate-limiter-flexible` that counts in one place for all processes, or anything with `points`, `duration`
   * and `consume` as these have them. In this process when absent.
   */
  readonly rateLimiter?: RateLimiter | undefined
  /**
   * Serves the OpenAPI document of the API at `/openapi.json`, beside `/users`, to callers with the scope `users.read`:
   * `authorize` gets `getOpenApi` as the operation. Off when absent.
   */
  readonly openapi?: boolean | undefined
  /** Gets what cannot be answered. Shaped like pino; process warnings when absent. */
  readonly logger?: Logger | undefined
}

const known = new Set(['users', 'authorize', 'prefix', 'rateLimiter', 'openapi', 'logger'])

/** @throws {InvalidOptionsError} naming the option that is wrong, missing or unknown. */
export function checkHttpOptions(mount: string, options: UsersHttpOptions<never>): void {
  const refuse = (why: string) => new InvalidOptionsError(`${mount}: ${why}`)
  const unknown = Object.keys(options ?? {}).find((name) => !known.has(name))
  if (unknown !== undefined) throw refuse(`${unknown} is not an option: ${[...known].join(', ')} are`)
  if (typeof options?.users?.getUser !== 'function') throw refuse('users must be a service of createUsersService()')
  if (typeof options.authorize !== 'function') {
    throw refuse('authorize is required, so that nobody gets in by accident: pass apiKeys([...]) or a function')
  }
  const { prefix, rateLimiter, openapi, logger } = options
  if (prefix !== undefined && !/^(?:\/[^/?#]+)*$/.test(prefix)) {
    throw refuse('prefix must begin with a slash and not end with one, like /v1')
  }
  const fault = rateLimiter === undefined ? undefined : limiterFault(rateLimiter)
  if (fault !== undefined) throw refuse(`rateLimiter ${fault}`)
  if (openapi !== undefined && typeof openapi !== 'boolean') throw refuse('openapi must be true or false')
  if (logger !== undefined && (typeof logger.warn !== 'function' || typeof logger.error !== 'function')) {
    throw refuse('logger must have warn and error, as pino and console have')
  }
}
