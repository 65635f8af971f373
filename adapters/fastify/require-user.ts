import { joinedHeaders } from '../../src/http/node-request.js'
import { keepSignedIn, type RequireUserOptions, requiredUser } from '../../src/http/require-user.js'
import { answer } from './answer.js'
import type { FastifyReply, FastifyRequest } from './fastify-parts.js'

/**
 * Makes a hook that lets through only requests with a living session, and answers 401 to others.
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
    const found = await required(joinedHeaders(request.headers, request.raw))
    if ('status' in found) return answer(reply, found)
    keepSignedIn(request, found)
    return undefined
  }
}
