import { joinedHeaders } from '../../src/http/node-request.js'
import { keepSignedIn, type RequireUserOptions, requiredUser } from '../../src/http/require-user.js'
import { answer, type KoaContext } from './koa-context.js'

/**
 * Makes a middleware that lets through only requests with a living session, and answers 401 to others.
 *
 * ```ts
 * router.get('/me', requireUser({ users, cookie: 'session' }), (ctx) => {
 *   ctx.body = signedIn(ctx).user
 * })
 * ```
 *
 * @throws {InvalidOptionsError}
 */
export function requireUser(options: RequireUserOptions) {
  const required = requiredUser(options)
  return async (ctx: KoaContext, next: () => Promise<unknown>): Promise<void> => {
    const found = await required(joinedHeaders(ctx.headers, ctx.req))
    if ('status' in found) return answer(ctx, found)
    keepSignedIn(ctx, found)
    await next()
  }
}
