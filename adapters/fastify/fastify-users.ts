import type { HttpCall } from '../../src/http/call.js'
import { createDispatcher } from '../../src/http/dispatcher.js'
import { nodeBody } from '../../src/http/node-body.js'
import { checkHttpOptions, type UsersHttpOptions } from '../../src/http/options.js'
import { answer } from './answer.js'
import type { AddContentTypeParser, FastifyInstance, FastifyReply, FastifyRequest } from './fastify-parts.js'

// Clients whose endpoint ends in a slash send two.
const usersPaths = ['/users', '/users/*', '//users', '//users/*']
const documentPaths = ['/openapi.json', '//openapi.json']

/** The options of the plugin; `authorize` gets the request of Fastify as `host`. */
export type FastifyUsersOptions = UsersHttpOptions<FastifyRequest>

/** A plugin of Fastify, for `register`. */
export type FastifyUsersPlugin = (instance: FastifyInstance) => Promise<void>

/**
 * Makes the plugin for `app.register(fastifyUsers({ users, authorize }), { prefix: '/v1' })`. The host's hooks run for its
 * routes, failures go to the host's log unless a `logger` is given, and errors that no client may see to the host's error
 * handler. The plugin reads bodies itself, and leaves the host's parsers as they are.
 *
 * @throws {InvalidOptionsError}
 */
export function fastifyUsers(options: FastifyUsersOptions): FastifyUsersPlugin {
  checkHttpOptions('fastifyUsers', options)
  return async (instance) => {
    const dispatch = createDispatcher('fastifyUsers', { logger: instance.log, ...options })
    // The prefix may have parameters, so it is its segments that count.
    const depth = instance.prefix.split('/').filter(Boolean).length

    async function handler(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
      const answered = dispatch(toCall(request, depth))
      return answered ? answer(reply, await answered) : reply.callNotFound()
    }

    // Whatever the type: the body is read when it is known whose it is.
    instance.removeAllContentTypeParsers()
    const addContentTypeParser = instance.addContentTypeParser as AddContentTypeParser
    addContentTypeParser.call(instance, '*', (_request, _body, done) => done(null))
    const method = instance.supportedMethods
    const paths = [...usersPaths, ...(options.openapi ? documentPaths : [])]
    for (const url of paths.map((path) => `${options.prefix ?? ''}${path}`)) {
      instance.route({ method, url, exposeHeadRoute: false, handler })
    }
  }
}

function toCall(request: FastifyRequest, depth: number): HttpCall<FastifyRequest> {
  const { method, headers, ip, raw } = request
  const [path = '', ...query] = (raw.url ?? '').split('?')
  return {
    method,
    path: `/${path
      .split('/')
      .slice(depth + 1)
      .join('/')}`,
    query: query.join('?'),
    headers,
    ip,
    host: request,
    body: (maxBytes) => nodeBody(raw, undefined, maxBytes),
  }
}
