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

/** Where `requireUser` looks for a session, and what it does when there is none. */
export interface RequireUserOptions extends SessionGuardOptions {
  /**
   * Handles requests without a session instead of the 401, such as by redirecting browsers. The next middleware is
   * not called afterwards. What it throws goes to Koa. By default the answer is the 401.
   */
  readonly onUnauthorized?: ((ctx: KoaContext) => unknown) | undefined
}

/**
 * Creates a middleware that lets through only requests with a living session, and answers others with 401.
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
 * Creates a function that returns who sent a request, for middleware open to everybody: `undefined` when nobody is signed
 * in. Several calls for a context within a second cost one read, also after `requireUser`.
 *
 * ```ts
 * const visitor = currentUser({ users, cookie: 'session' })
 * router.get('/', async (ctx) => {
 *   const found = await visitor(ctx)
 *   ctx.body = found ? `Hello, ${found.user.name}` : 'Hello'
 * })
 * ```
 *
 * It rejects with the error of `verifyUserSession` when the storage fails.
 *
 * @throws {InvalidOptionsError}
 */
export function currentUser(options: CurrentUserOptions) {
  const found = foundUser(options)
  return (ctx: Pick<KoaContext, 'headers'> & Partial<Pick<KoaContext, 'req'>>): Promise<SignedIn | undefined> =>
    found(ctx, joinedHeaders(ctx.headers, ctx.req))
}
