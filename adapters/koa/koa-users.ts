import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { createDispatcher } from '../../src/http/dispatcher.js'
import { nodeBody } from '../../src/http/node-body.js'
import type { UsersHttpOptions } from '../../src/http/options.js'

/** The part of Koa's context that is read and written. */
export interface KoaContext {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly ip: string
  readonly req: IncomingMessage
  readonly request: { readonly body?: unknown }
  status: number
  body: unknown
  set(headers: Record<string, string>): void
}

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
    const reply = await dispatch({
      method,
      path,
      query: query.join('?'),
      headers,
      ip,
      host: ctx,
      body: (maxBytes) => nodeBody(req, ctx.request.body, maxBytes),
    })
    if (!reply) {
      await next()
      return
    }
    ctx.status = reply.status
    ctx.set({ ...reply.headers })
    ctx.body = reply.body
  }
}
