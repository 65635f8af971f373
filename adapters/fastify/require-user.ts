import type { HttpReply } from '../../src/http/call.js'
import { joinedHeaders } from '../../src/http/node-request.js'
import {
  type CurrentUserOptions,
  foundUser,
  keepSignedIn,
  type SessionGuardOptions,
  sessionGuard,
} from '../../src/http/require-user.js'
import type { SignedIn } from '../../src/http/sent-session.js'
import { type FastifyReply, type FastifyRequest, respond } from './fastify-parts.js'

/** Where `requireUser` looks for a session, and what it does when there is none. */
export interface RequireUserOptions extends SessionGuardOptions {
  /**
   * Handles requests without a session instead of the 401, such as by redirecting browsers. If it has not replied
   * when it returns or resolves, the answer is the 401 all the same. What it throws goes to Fastify. By default the
   * answer is the 401.
   */
  readonly onUnauthorized?: ((request: FastifyRequest, reply: FastifyReply) => unknown) | undefined
}

/**
 * Creates a hook that lets through only requests with a living session, and answers others with 401.
 *
 * ```ts
 * app.get('/me', { preHandler: requireUser({ users, cookie: 'session' }) }, async (request) => signedIn(request).user)
 * ```
 *
 * @throws {InvalidOptionsError}
 */
export function requireUser(options: RequireUserOptions) {
  // A hook that resolves without a reply would let the handler run.
  const answered = (refusal: HttpReply, reply: FastifyReply) => (reply.sent ? reply : respond(reply, refusal))
  const guard = sessionGuard(options, {
    headersOf: (request: FastifyRequest, _reply: FastifyReply) => joinedHeaders(request.headers, request.raw),
    respond: (refusal, _request, reply) => answered(refusal, reply),
    async unauthorized(refusal, request, reply) {
      await options.onUnauthorized?.(request, reply)
      return answered(refusal, reply)
    },
  })
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const found = await guard(request, reply)
    if (!('signedIn' in found)) return found.answer
    keepSignedIn(request, found.signedIn)
    return undefined
  }
}

/**
 * Creates a function that returns who sent a request, for handlers open to everybody: `undefined` when nobody is signed
 * in. Several calls for a request within a second cost one read, also after `requireUser`.
 *
 * ```ts
 * const visitor = currentUser({ users, cookie: 'session' })
 * app.get('/', async (request) => {
 *   const found = await visitor(request)
 *   return found ? `Hello, ${found.user.name}` : 'Hello'
 * })
 * ```
 *
 * It rejects with the error of `verifyUserSession` when the storage fails.
 *
 * @throws {InvalidOptionsError}
 */
export function currentUser(options: CurrentUserOptions) {
  const found = foundUser(options)
  return (
    request: Pick<FastifyRequest, 'headers'> & Partial<Pick<FastifyRequest, 'raw'>>,
  ): Promise<SignedIn | undefined> => found(request, joinedHeaders(request.headers, request.raw))
}
