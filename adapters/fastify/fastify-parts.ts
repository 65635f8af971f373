import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import type { HttpReply } from '../../src/http/call.js'
import type { Logger } from '../../src/ports/logger.js'

/** The part of Fastify's request that is read. */
export interface FastifyRequest {
  readonly method: string
  readonly headers: IncomingHttpHeaders
  readonly ip: string
  readonly raw: IncomingMessage
}

/** The part of Fastify's reply that is used. */
export interface FastifyReply {
  /** Sets the status. */
  code(status: number): FastifyReply
  /** Sets headers. */
  headers(headers: Record<string, string>): FastifyReply
  /** Sends the reply. */
  send(body: string): unknown
  /** Redirects a client, in `onUnauthorized`. */
  redirect(url: string): unknown
  /** Whether a reply was sent, or taken out of Fastify's hands. */
  readonly sent: boolean
  /** Runs the host's handler for unknown paths. */
  callNotFound(): unknown
}

/** What Fastify's router tolerates in a path; in Fastify 5 also below `routerOptions`. */
export interface RouterOptions {
  readonly caseSensitive?: boolean
  readonly ignoreTrailingSlash?: boolean
  readonly ignoreDuplicateSlashes?: boolean
  readonly useSemicolonDelimiter?: boolean
}

/** The part of a Fastify instance that is used. */
export interface FastifyInstance {
  readonly prefix: string
  readonly supportedMethods: string[]
  readonly initialConfig: RouterOptions & { readonly routerOptions?: RouterOptions }
  readonly log: Logger
  removeAllContentTypeParsers(): unknown
  /** An {@link AddContentTypeParser} among other overloads, of which a type cannot pick one. */
  readonly addContentTypeParser: unknown
  route(route: {
    readonly method: string[]
    readonly url: string
    readonly exposeHeadRoute: false
    handler(request: FastifyRequest, reply: FastifyReply): Promise<unknown>
  }): unknown
}

export type AddContentTypeParser = (
  type: string,
  parser: (request: FastifyRequest, payload: Readable, done: (error: null) => void) => void,
) => unknown

export function respond(reply: FastifyReply, { status, headers, body }: HttpReply): unknown {
  return reply
    .code(status)
    .headers({ ...headers })
    .send(body)
}
