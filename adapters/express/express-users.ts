import type { IncomingMessage, ServerResponse } from 'node:http'
import type { HttpCall, HttpReply } from '../../src/http/call.js'
import { createDispatcher } from '../../src/http/dispatcher.js'
import { nodeBody } from '../../src/http/node-body.js'
import { joinedHeaders, targetOf } from '../../src/http/node-request.js'
import { checkedHttpOptions, type UsersHttpOptions } from '../../src/http/options.js'

/** Node's request with the part of Express that is read. */
export type ExpressRequest = IncomingMessage & { readonly ip?: string | undefined; readonly body?: unknown }

/** The options of the router; `authorize` gets the request of Express as `host`. */
export type ExpressUsersOptions = UsersHttpOptions<ExpressRequest>

/** A connect-style handler. Without `next` it answers everything itself. */
export type ExpressHandler = (
  request: ExpressRequest,
  response: ServerResponse,
  next?: (error?: unknown) => void,
) => void

/**
 * Creates the router for `app.use('/v1', expressUsers({ users, authorize }))`, in Express 4 and 5, before or after a body
 * parser. It is also a listener for `http.createServer`: pass `prefix: '/v1'` there.
 *
 * @throws {InvalidOptionsError}
 */
export function expressUsers(options: ExpressUsersOptions): ExpressHandler {
  const dispatcher = createDispatcher(checkedHttpOptions('expressUsers', options))
  return (request, response, next) => {
    const call = toCall(request)
    const answerAlone = (error?: unknown) => respond(response, dispatcher.answerAlone(call, error))
    const pass = next ?? answerAlone
    const answered = dispatcher.answer(call)
    if (!answered) return void pass()
    const sent = answered.then((reply) => respond(response, reply)).catch(pass)
    // The host's `next` and `response` may throw as well, and unhandled that would end the process.
    sent.catch(answerAlone).catch(() => response.destroy())
  }
}

function toCall(request: ExpressRequest): HttpCall<ExpressRequest> {
  return {
    method: request.method ?? '',
    // Express has cut the mount path off `url`.
    ...targetOf(request.url ?? ''),
    headers: joinedHeaders(request.headers, request),
    ip: request.ip ?? request.socket.remoteAddress,
    host: request,
    body: (maxBytes) => nodeBody(request, request.body, maxBytes),
  }
}

/** Sends a reply, unless the host has answered meanwhile: when it gave the request a time limit, say. */
export function respond(response: ServerResponse, { status, headers, body }: HttpReply): void {
  if (response.headersSent) return
  response.statusCode = status
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  response.setHeader('Content-Length', Buffer.byteLength(body))
  response.end(body)
}
