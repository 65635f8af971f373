import { joinedHeaders } from '../../src/http/node-request.js'
import {
  type CurrentUserOptions,
  foundUser,
  keepSignedIn,
  type SessionGuardOptions,
  sessionGuard,
} from '../../src/http/require-user.js'
import type { SignedIn } from '../../src/http/sent-session.js'
import { type KoaContext, respond } from './koa-users.js'

/** Where `requireUser` looks for a session, and what it does with whoever has none. */
export interface RequireUserOptions extends SessionGuardOptions {
  /**
   * Answers requests without a session instead of the 401, such as by a redirect of browsers. The next middleware is
   * not called afterwards. What it throws goes to Koa. By default the answer is the 401.
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
  const guard = sessionGuard(options, {
    headersOf: (ctx: KoaContext) => joinedHeaders(ctx.headers, ctx.req),
    respond: (reply, ctx): unknown => respond(ctx, reply),
    unauthorized: options?.onUnauthorized && ((_reply, ctx) => options.onUnauthorized?.(ctx)),
  })
  return async (ctx: KoaContext, next: () => Promise<unknown>): Promise<void> => {
    const found = await guard(ctx)
    if (!('signedIn' in found)) return
    keepSignedIn(ctx, found.signedIn)
    await next()
  }
}

/**
 * Creates a function that finds out who sent a request, for middleware that is for everybody: `undefined` when nobody
 * is signed in. Within a second it looks once for a context, also if `requireUser` has looked before.
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
