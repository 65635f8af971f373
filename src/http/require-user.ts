import type { IncomingHttpHeaders } from 'node:http'
import type { Session } from '../domain/session.js'
import type { User } from '../domain/user.js'
import { InvalidOptionsError, UsersError } from '../errors.js'
import { type Logger, processWarnings } from '../ports/logger.js'
import type { UsersService } from '../service/users-service.js'
import { bearerOf } from './bearer.js'
import type { HttpReply } from './call.js'
import { errorReply } from './error-reply.js'

/** Who sent a request, and the session that it came with. */
export interface SignedIn {
  readonly user: User
  readonly session: Session
}

/** Where `requireUser` looks for a session. */
export interface RequireUserOptions {
  readonly users: UsersService
  /**
   * The cookie that holds the session's secret. Set it `HttpOnly`, `Secure` and `SameSite=Lax`: then no other site can
   * have a browser change something with it. When absent, only `Authorization: Bearer` is looked at, which goes first
   * in any case.
   */
  readonly cookie?: string | undefined
  /** Gets what cannot be answered. Shaped like pino; process warnings when absent. */
  readonly logger?: Logger | undefined
}

/**
 * Answers who sent a request, or what to answer to it.
 *
 * @throws {UnexpectedError} for what no client may see.
 */
export type RequiredUser = (headers: IncomingHttpHeaders) => Promise<SignedIn | HttpReply>

const known = new Set(['users', 'cookie', 'logger'])

/** @throws {InvalidOptionsError} naming the option that is wrong, missing or unknown. */
export function requiredUser(options: RequireUserOptions): RequiredUser {
  const refuse = (why: string) => new InvalidOptionsError(`requireUser: ${why}`)
  const unknown = Object.keys(options ?? {}).find((name) => !known.has(name))
  if (unknown !== undefined) throw refuse(`${unknown} is not an option: ${[...known].join(', ')} are`)
  if (typeof options?.users?.verifyUserSession !== 'function') {
    throw refuse('users must be a service of createUsersService()')
  }
  const { users, cookie, logger = processWarnings } = options
  if (cookie !== undefined && !/^[\w!#$%&'*+.^`|~-]+$/.test(cookie)) throw refuse('cookie must be the name of a cookie')

  return async (headers) => {
    try {
      return await users.verifyUserSession(sentSecret(headers, cookie))
    } catch (error) {
      const isRefused = UsersError.is(error) && error.code === 'invalid-session'
      return errorReply(error, isRefused ? { 'WWW-Authenticate': 'Bearer' } : {}, logger)
    }
  }
}

function sentSecret(headers: IncomingHttpHeaders, cookie: string | undefined): string {
  const bearer = bearerOf(headers)
  if (bearer !== undefined || cookie === undefined) return bearer ?? ''
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim())
  return pairs.find((pair) => pair.startsWith(`${cookie}=`))?.slice(cookie.length + 1) ?? ''
}

const seen = new WeakMap<object, SignedIn>()

/** Keeps who sent a request, for {@link signedIn}. */
export function keepSignedIn(request: object, found: SignedIn): void {
  seen.set(request, found)
}

/**
 * Answers who sent a request that `requireUser` has let through.
 *
 * @throws {Error} when `requireUser` does not stand before the handler.
 */
export function signedIn(request: object): SignedIn {
  const found = seen.get(request)
  if (found) return found
  throw new Error('signedIn: put requireUser before this handler; nobody has looked who sent the request')
}
