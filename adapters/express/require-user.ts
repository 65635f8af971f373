import type { IncomingMessage } from 'node:http'
import { joinedHeaders } from '../../src/http/node-request.js'
import { keepSignedIn, type RequireUserOptions, requiredUser } from '../../src/http/require-user.js'
import { send } from './send.js'

/**
 * Makes a middleware that lets through only requests with a living session, and answers 401 to others.
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
  const required = requiredUser(options)
  // Not with a body of its own: from its type Express would take the body of the handlers that follow.
  return (request: IncomingMessage, response: Parameters<typeof send>[0], next: (error?: unknown) => void): void => {
    const answered = required(joinedHeaders(request.headers, request)).then((found) => {
      if ('status' in found) return send(response, found)
      keepSignedIn(request, found)
      next()
      return true
    })
    answered.catch(next)
  }
}
