import { type RequireUserOptions, requiredUser, type SignedIn } from '../../src/http/require-user.js'
import { answerWithoutHost } from '../../src/http/without-host.js'
import { toResponse } from './to-response.js'

/**
 * Wraps a handler, so that it is asked only for requests with a living session; others are answered with 401.
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
  const required = requiredUser(options)
  return async (request: Request, ...rest: Rest): Promise<Response> => {
    const found = await required(Object.fromEntries(request.headers)).catch((error: unknown) =>
      answerWithoutHost(error, options.logger),
    )
    return 'status' in found ? toResponse(request.method, found) : handler(request, found, ...rest)
  }
}
