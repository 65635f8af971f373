import type { IncomingHttpHeaders } from 'node:http'
import type { Session } from '../domain/session.js'
import type { User } from '../domain/user.js'
import { InvalidOptionsError, InvalidSessionError } from '../errors/index.js'
import { type Logger, processWarnings, unfailing } from '../ports/logger.js'
import type { UsersService } from '../service/users-service.js'
import type { HttpReply } from './call.js'
import { errorReply } from './error-reply.js'
import { findSignedIn, sentSecrets } from './sent-session.js'

/** Who sent a request, and the session that it came with. */
export interface SignedIn {
  readonly user: User
  readonly session: Session
}

/** Where `currentUser` looks for a session. */
export interface CurrentUserOptions {
  readonly users: UsersService
  /**
   * The cookie that holds the session's secret. Set it `HttpOnly`, `Secure` and `SameSite=Lax`: then no other site can
   * have a browser change something with it. When absent, only `Authorization: Bearer` is looked at, which goes first
   * in any case. A browser may send several cookies of the name, of other paths or domains: the first one with a living
   * session counts, of at most 5.
   */
  readonly cookie?: string | undefined
}

/** Where `requireUser` looks for a session, and what hears of failures. */
export interface SessionGuardOptions extends CurrentUserOptions {
  /** Gets what cannot be answered. Shaped like pino; process warnings when absent. */
  readonly logger?: Logger | undefined
}

/**
 * Finds out who sent a request, or what to answer to it: 401 when nobody is signed in, and only then.
 *
 * @throws {UnexpectedError} for what no client may see.
 */
export type RequiredUser = (request: object, headers: IncomingHttpHeaders) => Promise<SignedIn | HttpReply>

/** Finds out who sent a request: `undefined` when nobody is signed in, and only then. */
export type FoundUser = (request: object, headers: IncomingHttpHeaders) => Promise<SignedIn | undefined>

/** @throws {InvalidOptionsError} naming the option that is wrong, missing or unknown. */
export function requiredUser(options: SessionGuardOptions & { readonly onUnauthorized?: unknown }): RequiredUser {
  const refuse = refusal('requireUser')
  const find = checkedFinder(options, ['users', 'cookie', 'onUnauthorized', 'logger'], refuse)
  const { onUnauthorized } = options
  const logger = unfailing(options.logger ?? processWarnings)
  if (onUnauthorized !== undefined && typeof onUnauthorized !== 'function') {
    throw refuse('onUnauthorized must be a function, which answers whoever is not signed in')
  }
  return async (request, headers) => {
    try {
      const found = await find(request, headers)
      return found ?? errorReply(new InvalidSessionError(), { 'WWW-Authenticate': 'Bearer' }, logger)
    } catch (error) {
      return errorReply(error, {}, logger)
    }
  }
}

/** @throws {InvalidOptionsError} naming the option that is wrong, missing or unknown. */
export function foundUser(options: CurrentUserOptions): FoundUser {
  return checkedFinder(options, ['users', 'cookie'], refusal('currentUser'))
}

type Refuse = (why: string) => InvalidOptionsError

function refusal(name: string): Refuse {
  return (why) => new InvalidOptionsError(`${name}: ${why}`)
}

function checkedFinder(options: CurrentUserOptions, known: readonly string[], refuse: Refuse): FoundUser {
  const unknown = Object.keys(options ?? {}).find((name) => !known.includes(name))
  if (unknown !== undefined) throw refuse(`${unknown} is not an option: ${known.join(', ')} are`)
  if (typeof options?.users?.verifyUserSession !== 'function') {
    throw refuse('users must be a service of createUsersService()')
  }
  const { users, cookie } = options
  if (cookie !== undefined && !/^[\w!#$%&'*+.^`|~-]+$/.test(cookie)) throw refuse('cookie must be the name of a cookie')
  return (request, headers) => findSignedIn(users, request, sentSecrets(headers, cookie))
}

// On the request itself, under a name that every copy of this package knows: an app may have one as CommonJS would load
// it, another one of its framework's, and a handler's `signedIn` need not be of the copy that let the request through.
const brand = Symbol.for('rollbook.signed-in')

/** Keeps who sent a request, for {@link signedIn}. */
export function keepSignedIn(request: object, found: SignedIn): void {
  Object.defineProperty(request, brand, { value: found, configurable: true })
}

/**
 * Returns who sent a request that `requireUser` has let through.
 *
 * @throws {Error} when `requireUser` does not stand before the handler.
 */
export function signedIn(request: object): SignedIn {
  const found: unknown = Object.getOwnPropertyDescriptor(request, brand)?.value
  // Written by `keepSignedIn` alone, of this copy of the package or another.
  if (found) return found as SignedIn
  throw new Error('signedIn: put requireUser before this handler; nobody has looked who sent the request')
}
