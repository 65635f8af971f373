import { joinedHeaders } from '../../src/http/node-request.js'
import {
  type CurrentUserOptions,
  foundUser,
  keepSignedIn,
  requiredUser,
  type SessionGuardOptions,
  type SignedIn,
} from '../../src/http/require-user.js'
import { answer } from './answer.js'
import type { FastifyReply, FastifyRequest } from './fastify-parts.js'

/** Where `requireUser` looks for a session, and what it does with whoever has none. */
export interface RequireUserOptions extends SessionGuardOptions {
  /**
   * Returns whoever is not signed in, in the place of the 401: sends browsers to a page, say. When it has not answered by
   * the time it returns or resolves, the answer is the 401 all the same. What it throws goes to Fastify.
   */
  readonly onUnauthorized?: ((request: FastifyRequest, reply: FastifyReply) => unknown) | undefined
}

/**
 * Creates a hook that lets through only requests with a living session, and returns 401 to others.
 *
 * ```ts
 * app.get('/me', { preHandler: requireUser({ users, cookie: 'session' }) }, async (request) => signedIn(request).user)
 * ```
 *
 * @throws {InvalidOptionsError}
 */
export function requireUser(options: RequireUserOptions) {
  const required = requiredUser(options)
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const found = await required(request, joinedHeaders(request.headers, request.raw))
    if (!('status' in found)) {
      keepSignedIn(request, found)
      return undefined
    }
    if (found.status === 401) await options.onUnauthorized?.(request, reply)
    // A hook that resolves without an answer would let the handler run.
    return reply.sent ? reply : answer(reply, found)
  }
}

/**
 * Creates a function that finds out who sent a request, for handlers that are for everybody: `undefined` when nobody is
 * signed in. Within a second it looks once for a request, also if `requireUser` has looked before.
 *
 * ```ts
 * const visitor = currentUser({ users, cookie: 'session' })
 * app.get('/', async (request) => {
 *   const found = await visitor(request)
 *   return found ? `Hello, ${found.user.name}` : 'Hello'
 * })
 * ```
 *
 * It rejects when the storage cannot be asked, with the error of `verifyUserSession`.
 *
 * @throws {InvalidOptionsError}
 */
export function currentUser(options: CurrentUserOptions) {
  const found = foundUser(options)
  return (
    request: Pick<FastifyRequest, 'headers'> & Partial<Pick<FastifyRequest, 'raw'>>,
  ): Promise<SignedIn | undefined> => found(request, joinedHeaders(request.headers, request.raw))
}
