import type { Authorize } from '../../http/authorization.js'
import type { RateLimiter } from '../../http/rate-limit.js'
import type { Logger } from '../../ports/logger.js'
import type { UsersService } from '../../service/users-service.js'

/** What a mount under test is given: the options of every mount, less the prefix. */
export interface HttpContractOptions {
  /** The service to mount. */
  readonly users: UsersService
  /** The mount's `authorize`. */
  readonly authorize: Authorize
  /** The mount's rate limiter. Default: the mount's own. */
  readonly rateLimiter?: RateLimiter
  /** Whether to serve the OpenAPI document. Default: false. */
  readonly openapi?: boolean
  /** The mount's logger. Default: the mount's own. */
  readonly logger?: Logger
}

/** A server that listens, with the mount under test in it. */
export interface StartedHttp {
  /** Where the mount is, without a slash at the end: `/users` follows it. */
  readonly url: string
  stop(): Promise<void>
}

/** Starts a real server with the mount under test in it. */
export type StartHttp = (options: HttpContractOptions) => Promise<StartedHttp>

/** One law of the HTTP API. */
export interface HttpCase {
  /** A sentence that states the law. */
  readonly name: string
  /** Rejects when the law does not hold. */
  run(start: StartHttp): Promise<void>
}
