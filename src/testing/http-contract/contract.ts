import type { Authorize } from '../../http/authorization.js'
import type { RateLimiter } from '../../http/rate-limit.js'
import type { Logger } from '../../ports/logger.js'
import type { UsersService } from '../../service/users-service.js'

/** What a mount under test is given: the options of every mount, less the prefix. */
export interface HttpContractOptions {
  readonly users: UsersService
  readonly authorize: Authorize
  readonly rateLimiter?: RateLimiter
  /** Whether to serve the OpenAPI document. */
  readonly openapi?: boolean
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
