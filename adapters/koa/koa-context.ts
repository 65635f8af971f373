import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { HttpReply } from '../../src/http/call.js'

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

export function answer(ctx: KoaContext, { status, headers, body }: HttpReply): void {
  ctx.status = status
  ctx.set({ ...headers })
  ctx.body = body
}
