import {
  type CurrentUserOptions,
  foundUser,
  type SessionGuardOptions,
  sessionGuard,
} from '../../src/http/require-user.js'
import type { SignedIn } from '../../src/http/sent-session.js'
import { respond } from './fetch-users.js'

/** Where `requireUser` looks for a session, and what it does when there is none. */
export interface RequireUserOptions extends SessionGuardOptions {
  /** Handles requests without a session, such as by redirecting browsers. By default the answer is the 401. */
  readonly onUnauthorized?: ((request: Request) => Response | Promise<Response>) | undefined
}

/**
 * Wraps a handler so that it only gets requests with a living session; others are answered with 401.
 *
 * ```ts
 * export const GET = requireUser({ users, cookie: 'session' }, (request, { user }) => Response.json(user))
 * ```
 *
 * @throws {InvalidOptionsError}
 */
export function requireUser<Rest extends unknown[]>(
  options: RequireUserOptions,
  handler: (request: Request, signedIn: SignedIn, ...rest: Rest) => Response | Promise<Response>,
) {
  const guard = sessionGuard(options, {
    headersOf: (request: Request) => Object.fromEntries(request.headers),
    respond: (reply, request) => respond(request, reply),
    unauthorized: async (reply, request) => (await options.onUnauthorized?.(request)) ?? respond(request, reply),
    answersAlone: true,
  })
  return async (request: Request, ...rest: Rest): Promise<Response> => {
    const found = await guard(request)
    return 'signedIn' in found ? handler(request, found.signedIn, ...rest) : found.answer
  }
}

/**
 * Creates a function that returns who sent a request, for handlers open to everybody: `undefined` when nobody is signed
 * in. Several calls for a request within a second cost one read, also after `requireUser`.
 *
 * ```ts
 * const visitor = currentUser({ users, cookie: 'session' })
 * export async function GET(request: Request) {
 *   const found = await visitor(request)
 *   return Response.json({ name: found?.user.name })
 * }
 * ```
 *
 * It rejects with the error of `verifyUserSession` when the storage fails.
 *
 * @throws {InvalidOptionsError}
 */
export function currentUser(options: CurrentUserOptions) {
  const found = foundUser(options)
  return (request: Request): Promise<SignedIn | undefined> => found(request, Object.fromEntries(request.headers))
}
