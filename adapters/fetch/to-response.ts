import type { HttpReply } from '../../src/http/call.js'

export function toResponse(method: string, { status, headers, body }: HttpReply): Response {
  const length = String(new TextEncoder().encode(body).length)
  return new Response(method === 'HEAD' ? null : body, { status, headers: { ...headers, 'Content-Length': length } })
}
