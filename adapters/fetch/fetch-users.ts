import type { HttpCall, HttpReply } from '../../src/http/call.js'
import { createDispatcher } from '../../src/http/dispatcher.js'
import { targetOf } from '../../src/http/node-request.js'
import { checkedHttpOptions, type UsersHttpOptions } from '../../src/http/options.js'
import { fetchBody } from './fetch-body.js'

// Of any scheme: some apps serve requests under one of their own.
const schemeAndHost = /^[^:/?#]+:\/\/[^/?#@]*(?=[/?]|$)/

/** The options of the handler; `authorize` gets the `Request` as `host`. */
export type FetchUsersOptions = UsersHttpOptions<Request>

/**
 * Handles a request. The second argument has what a `Request` lacks: the client's IP address, for activity entries.
 */
export type FetchHandler = (request: Request, client?: { readonly ip?: string | undefined }) => Promise<Response>

/**
 * Creates a function that answers a `Request` with a `Response`, for every framework that has these two. It matches the
 * whole path, so pass `prefix: '/v1'` for `/v1/users`. A path that is not ours is answered with 404.
 *
 * ```ts
 * const handler = fetchUsers({ prefix: '/v1', users, authorize: apiKeys([key]) })
 * app.all('/v1/users/*', (c) => handler(c.req.raw))
 * ```
 *
 * @throws {InvalidOptionsError}
 */
export function fetchUsers(options: FetchUsersOptions): FetchHandler {
  const dispatcher = createDispatcher(checkedHttpOptions('fetchUsers', options))
  return async (request, client) => {
    const call = toCall(request, client?.ip)
    const reply = await dispatcher.answer(call)?.catch((error: unknown) => dispatcher.answerAlone(call, error))
    return respond(request, reply ?? dispatcher.answerAlone(call))
  }
}

function toCall(request: Request, ip: unknown): HttpCall<Request> {
  return {
    method: request.method,
    // Not by `new URL`, which throws for some hosts that requests arrive with; the host is not ours to judge.
    ...targetOf(request.url.replace(schemeAndHost, '')),
    headers: Object.fromEntries(request.headers),
    ip: typeof ip === 'string' ? ip : undefined,
    host: request,
    body: async (maxBytes) => ({ bytes: await fetchBody(request, maxBytes) }),
  }
}

export function respond({ method }: Request, { status, headers, body }: HttpReply): Response {
  const length = String(new TextEncoder().encode(body).length)
  return new Response(method === 'HEAD' ? null : body, { status, headers: { ...headers, 'Content-Length': length } })
}
