import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { HttpReply } from '../../src/http/call.js'
import { createDispatcher } from '../../src/http/dispatcher.js'
import { nodeBody } from '../../src/http/node-body.js'
import { joinedHeaders, targetOf } from '../../src/http/node-request.js'
import { checkedHttpOptions, type UsersHttpOptions } from '../../src/http/options.js'

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
  redirect(url: string): void
}

/** The options of the middleware; `authorize` gets Koa's context as `host`. */
export type KoaUsersOptions = UsersHttpOptions<KoaContext>

/**
 * Creates the router for `app.use(koaUsers({ prefix: '/v1', users, authorize }))`, before or after a body parser. Under
 * `koa-mount`, which cuts the path itself, leave the prefix out.
 *
 * @throws {InvalidOptionsError}
 */
export function koaUsers(options: KoaUsersOptions): (ctx: KoaContext, next: () => Promise<unknown>) => Promise<void> {
  const dispatcher = createDispatcher(checkedHttpOptions('koaUsers', options))
  return async (ctx, next) => {
    const { method, url, headers, ip, req } = ctx
    const reply = dispatcher.answer({
      method,
      ...targetOf(url),
      headers: joinedHeaders(headers, req),
      ip,
      host: ctx,
      body: (maxBytes) => nodeBody(req, ctx.request.body, maxBytes),
    })
    if (reply) respond(ctx, await reply)
    else await next()
  }
}

export function respond(ctx: KoaContext, { status, headers, body }: HttpReply): void {
  ctx.status = status
  ctx.set({ ...headers })
  ctx.body = body
}
