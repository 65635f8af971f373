import { createDispatcher } from '../../src/http/dispatcher.js'
import { nodeBody } from '../../src/http/node-body.js'
import type { UsersHttpOptions } from '../../src/http/options.js'
import { answer, type KoaContext } from './koa-context.js'

/** The options of the middleware; `authorize` gets Koa's context as `host`. */
export type KoaUsersOptions = UsersHttpOptions<KoaContext>

/**
 * Makes the router for `app.use(koaUsers({ prefix: '/v1', users, authorize }))`, before or after a body parser. Under
 * `koa-mount`, which cuts the path itself, leave the prefix out.
 *
 * @throws {InvalidOptionsError}
 */
export function koaUsers(options: KoaUsersOptions): (ctx: KoaContext, next: () => Promise<unknown>) => Promise<void> {
  const dispatch = createDispatcher('koaUsers', options)
  return async (ctx, next) => {
    const [path = '', ...query] = ctx.url.split('?')
    const { method, headers, ip, req } = ctx
    const reply = dispatch({
      method,
      path,
      query: query.join('?'),
      headers,
      ip,
      host: ctx,
      body: (maxBytes) => nodeBody(req, ctx.request.body, maxBytes),
    })
    if (reply) answer(ctx, await reply)
    else await next()
  }
}
