import { joinedHeaders } from '../../src/http/node-request.js'
import {
  type CurrentUserOptions,
  foundUser,
  keepSignedIn,
  requiredUser,
  type SessionGuardOptions,
  type SignedIn,
} from '../../src/http/require-user.js'
import { answer, type KoaContext } from './koa-context.js'

/** Where `requireUser` looks for a session, and what it does with whoever has none. */
export interface RequireUserOptions extends SessionGuardOptions {
  /**
   * Returns whoever is not signed in, in the place of the 401: sends browsers to a page, say. There is no way on from
   * here to the middleware that follows. What it throws goes to Koa.
   */
  readonly onUnauthorized?: ((ctx: KoaContext) => unknown) | undefined
}

/**
 * Creates a middleware that lets through only requests with a living session, and returns 401 to others.
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
    const found = await required(ctx, joinedHeaders(ctx.headers, ctx.req))
    if (!('status' in found)) {
      keepSignedIn(ctx, found)
      await next()
    } else if (found.status === 401 && options.onUnauthorized) await options.onUnauthorized(ctx)
    else answer(ctx, found)
  }
}

/**
 * Creates a function that finds out who sent a request, for middleware that is for everybody: `undefined` when nobody is
 * signed in. Within a second it looks once for a context, also if `requireUser` has looked before.
 *
 * ```ts
 * const visitor = currentUser({ users, cookie: 'session' })
 * router.get('/', async (ctx) => {
 *   const found = await visitor(ctx)
 *   ctx.body = found ? `Hello, ${found.user.name}` : 'Hello'
 * })
 * ```
 *
 * It rejects when the storage cannot be asked, with the error of `verifyUserSession`.
 *
 * @throws {InvalidOptionsError}
 */
export function currentUser(options: CurrentUserOptions) {
  const found = foundUser(options)
  return (ctx: Pick<KoaContext, 'headers'> & Partial<Pick<KoaContext, 'req'>>): Promise<SignedIn | undefined> =>
    found(ctx, joinedHeaders(ctx.headers, ctx.req))
}
