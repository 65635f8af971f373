import type { IncomingHttpHeaders } from 'node:http'
import * as v from 'valibot'
import { checkedOptions, type SchemaOf } from '../domain/options.js'
import { InvalidSessionError } from '../errors/index.js'
import { type Logger, loggerOption, processWarnings, unfailing } from '../ports/logger.js'
import type { UsersService } from '../service/users-service.js'
import type { HttpReply } from './call.js'
import { errorReply, plainWords, unexpectedReply } from './reply.js'
import { findSignedIn, type SignedIn, sentSecrets } from './sent-session.js'

/** Where `currentUser` looks for a session. */
export interface CurrentUserOptions {
  /** The service that knows the sessions. */
  readonly users: UsersService
  /**
   * The cookie that holds the session's secret. Set it `HttpOnly`, `Secure` and `SameSite=Lax`, so that no other site can
   * make a browser change anything with it. When absent, only `Authorization: Bearer` is read, which takes
   * precedence in any case. A browser may send several cookies of this name, for other paths or domains: the first one
   * with a living session counts, of at most 5.
   */
  readonly cookie?: string | undefined
}

/** Where `requireUser` looks for a session, and where it logs failures. */
export interface SessionGuardOptions extends CurrentUserOptions {
  /** Gets the errors that no client may see. Shaped like pino; process warnings when absent. */
  readonly logger?: Logger | undefined
}

/** How to read from a framework and reply through it. `Args` is what it passes to a middleware, the request first. */
export interface GuardedMount<Args extends readonly [object, ...unknown[]], Answer> {
  headersOf(...args: Args): IncomingHttpHeaders
  respond(reply: HttpReply, ...args: Args): Answer | Promise<Answer>
  /** Replies instead of `respond` when nobody is signed in: by the host's `onUnauthorized`. */
  readonly unauthorized?: ((reply: HttpReply, ...args: Args) => Answer | Promise<Answer>) | undefined
  /** Whether there is no error handler of the host's to pass an unexpected error to. */
  readonly answersAlone?: true
}

/** Who is let through, or what was replied instead. */
type Passed<Answer> = { readonly signedIn: SignedIn } | { readonly answer: Answer }

const finderEntries = {
  users: v.custom<UsersService>(
    (value) => typeof Object(value).verifyUserSession === 'function',
    'must be a service of createUsersService()',
  ),
  cookie: v.optional(
    v.custom<string>(
      (value) => typeof value === 'string' && /^[\w!#$%&'*+.^`|~-]+$/.test(value),
      'must be the name of a cookie',
    ),
  ),
} satisfies SchemaOf<CurrentUserOptions>

const finderSchema = v.strictObject(finderEntries)
const guardSchema = v.strictObject({
  ...finderEntries,
  onUnauthorized: v.optional(
    v.custom((value) => typeof value === 'function', 'must be a function that replies when nobody is signed in'),
  ),
  logger: v.optional(loggerOption),
} satisfies SchemaOf<SessionGuardOptions & { readonly onUnauthorized?: unknown }>)

/**
 * Creates the guard behind `requireUser` of every mount: it lets a request through, or replies, with 401 if and only if
 * nobody is signed in. Errors are in plain words, since the routes are the host's and belong to no dialect. The guard
 * rejects with an `UnexpectedError` for what no client may see.
 *
 * @throws {InvalidOptionsError} naming each option that is wrong, missing or unknown.
 */
export function sessionGuard<Args extends readonly [object, ...unknown[]], Answer>(
  options: SessionGuardOptions & { readonly onUnauthorized?: unknown },
  { headersOf, respond, unauthorized = respond, answersAlone }: GuardedMount<Args, Answer>,
): (...args: Args) => Promise<Passed<Answer>> {
  const { users, cookie, logger: given = processWarnings } = checkedOptions('requireUser', guardSchema, options ?? {})
  const logger = unfailing(given)

  function failureReply(error: unknown): HttpReply {
    try {
      return errorReply(plainWords, error, {}, logger)
    } catch (unexpected) {
      if (!answersAlone) throw unexpected
      return unexpectedReply(plainWords, unexpected, {}, logger)
    }
  }

  return async (...args) => {
    const [request] = args
    let found: SignedIn | undefined
    try {
      found = await findSignedIn(users, request, sentSecrets(headersOf(...args), cookie))
    } catch (error) {
      return { answer: await respond(failureReply(error), ...args) }
    }
    if (found) return { signedIn: found }
    const refusal = errorReply(plainWords, new InvalidSessionError(), { 'WWW-Authenticate': 'Bearer' }, logger)
    return { answer: await unauthorized(refusal, ...args) }
  }
}

/** Finds out who sent a request: `undefined` when nobody is signed in, and only then. */
export type FoundUser = (request: object, headers: IncomingHttpHeaders) => Promise<SignedIn | undefined>

/** @throws {InvalidOptionsError} naming each option that is wrong, missing or unknown. */
export function foundUser(options: CurrentUserOptions): FoundUser {
  const { users, cookie } = checkedOptions('currentUser', finderSchema, options ?? {})
  return (request, headers) => findSignedIn(users, request, sentSecrets(headers, cookie))
}

// Kept on the request itself, under a symbol that every copy of this package knows: an app may have loaded several, and
// the `signedIn` of a handler need not belong to the copy that let the request through.
const brand = Symbol.for('rollbook.signed-in')

/** Keeps who sent a request, for {@link signedIn}. */
export function keepSignedIn(request: object, found: SignedIn): void {
  Object.defineProperty(request, brand, { value: found, configurable: true })
}

/**
 * Returns who sent a request, once `requireUser` has let it through.
 *
 * @throws {Error} when `requireUser` does not run before the handler.
 */
export function signedIn(request: object): SignedIn {
  const found: unknown = Object.getOwnPropertyDescriptor(request, brand)?.value
  // Only `keepSignedIn` writes it, of this copy of the package or another.
  if (found) return found as SignedIn
  throw new Error('signedIn: put requireUser before this handler; nothing has checked who sent the request')
}
