import type { IncomingMessage, ServerResponse } from 'node:http'
import { joinedHeaders } from '../../src/http/node-request.js'
import {
  type CurrentUserOptions,
  foundUser,
  keepSignedIn,
  type SessionGuardOptions,
  sessionGuard,
} from '../../src/http/require-user.js'
import type { SignedIn } from '../../src/http/sent-session.js'
import { respond } from './express-users.js'

/** Where `requireUser` looks for a session, and what it does when there is none. */
export interface RequireUserOptions extends SessionGuardOptions {
  /**
   * Handles requests without a session instead of the 401, such as by redirecting browsers. The handler is not called
   * afterwards. What it throws goes to Express. By default the answer is the 401.
   */
  readonly onUnauthorized?: ((request: IncomingMessage, response: ServerResponse) => unknown) | undefined
}

/**
 * Creates a middleware that lets through only requests with a living session, and answers others with 401.
 *
 * ```ts
 * app.get('/me', requireUser({ users, cookie: 'session' }), (request, response) => {
 *   response.json(signedIn(request).user)
 * })
 * ```
 *
 * @throws {InvalidOptionsError}
 */
export function requireUser(options: RequireUserOptions) {
  const guard = sessionGuard(options, {
    headersOf: (request: IncomingMessage, _response: ServerResponse) => joinedHeaders(request.headers, request),
    respond: (reply, _request, response): unknown => respond(response, reply),
    unauthorized: options?.onUnauthorized && ((_reply, ...args) => options.onUnauthorized?.(...args)),
  })
  // Not with a body of its own: from its type Express would take the body of the handlers that follow.
  return (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void): void => {
    const passed = guard(request, response).then((found) => {
      if (!('signedIn' in found)) return
      keepSignedIn(request, found.signedIn)
      next()
    })
    passed.catch(next)
  }
}

/**
 * Creates a function that returns who sent a request, for handlers open to everybody: `undefined` when nobody is signed
 * in. Several calls for a request within a second cost one read, also after `requireUser`.
 *
 * ```ts
 * const visitor = currentUser({ users, cookie: 'session' })
 * app.get('/', async (request, response) => {
 *   const found = await visitor(request)
 *   response.send(found ? `Hello, ${found.user.name}` : 'Hello')
 * })
 * ```
 *
 * It rejects with the error of `verifyUserSession` when the storage fails.
 *
 * @throws {InvalidOptionsError}
 */
export function currentUser(options: CurrentUserOptions) {
  const found = foundUser(options)
  return (request: IncomingMessage): Promise<SignedIn | undefined> =>
    found(request, joinedHeaders(request.headers, request))
}
