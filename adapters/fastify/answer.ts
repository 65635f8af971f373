import type { HttpReply } from '../../src/http/call.js'
import type { FastifyReply } from './fastify-parts.js'

export function answer(reply: FastifyReply, { status, headers, body }: HttpReply): unknown {
  return reply
    .code(status)
    .headers({ ...headers })
    .send(body)
}
