import { createDispatcher } from '../../src/http/dispatcher.js'
import { nodeBody } from '../../src/http/node-body.js'
import { joinedHeaders, targetOf } from '../../src/http/node-request.js'
import type { UsersHttpOptions } from '../../src/http/options.js'
import { answer, type KoaContext } from './koa-context.js'

/** The options of the middleware; `authorize` gets Koa's context as `host`. */
export type KoaUsersOptions = UsersHttpOptions<KoaContext>

/**
 * Creates the router for `app.use(koaUsers({ prefix: '/v1', users, authorize }))`, before or after a body parser. Under
 * `koa-mount`, which cuts the path itself, leave the prefix out.
 *
 * @throws {InvalidOptionsError}
 */
export function koaUsers(options: KoaUsersOptions): (ctx: KoaContext, next: () => Promise<unknown>) => Promise<void> {
  const dispatch = createDispatcher('koaUsers', options)
  return async (ctx, next) => {
    const { method, url, headers, ip, req } = ctx
    const reply = dispatch({
      method,
      ...targetOf(url),
      headers: joinedHeaders(headers, req),
      ip,
      host: ctx,
      body: (maxBytes) => nodeBody(req, ctx.request.body, maxBytes),
    })
    if (reply) answer(ctx, await reply)
    else await next()
  }
}
