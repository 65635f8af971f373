import type { HttpCall } from '../../src/http/call.js'
import { createDispatcher } from '../../src/http/dispatcher.js'
import { joinedHeaders } from '../../src/http/node-request.js'
import { checkedHttpOptions, type UsersHttpOptions } from '../../src/http/options.js'
import { type FastifyInstance, type FastifyReply, type FastifyRequest, respond } from './fastify-parts.js'
import { keepPayloads } from './payloads.js'
import { type Forgiven, forgivenBy, targetBelow } from './router-options.js'

/** The options of the plugin; `authorize` gets the request of Fastify as `host`. */
export type FastifyUsersOptions = UsersHttpOptions<FastifyRequest>

/** A plugin of Fastify, for `register`. */
export type FastifyUsersPlugin = (instance: FastifyInstance) => Promise<void>

/**
 * Creates the plugin for `app.register(fastifyUsers({ users, authorize }), { prefix: '/v1' })`. The host's hooks run for its
 * routes, failures go to the host's log unless a `logger` is given, and errors that no client may see to the host's error
 * handler. The plugin reads bodies itself, as `preParsing` hooks pass them on, and leaves the host's parsers alone.
 * Its paths are as strict as those of the host: `caseSensitive`, `ignoreTrailingSlash`, `ignoreDuplicateSlashes` and
 * `useSemicolonDelimiter` of the router hold for them too.
 *
 * @throws {InvalidOptionsError}
 */
export function fastifyUsers(options: FastifyUsersOptions): FastifyUsersPlugin {
  const { prefix = '', ...checked } = checkedHttpOptions('fastifyUsers', options)
  return async (instance) => {
    const forgiven = forgivenBy(instance)
    // Fastify has matched the prefix already, parameters and all, so it is cut off by its number of segments.
    const targetOf = targetBelow(`${instance.prefix}${prefix}`, forgiven)
    const dispatcher = createDispatcher({ ...checked, logger: checked.logger ?? instance.log }, forgiven)
    const bodyOf = keepPayloads(instance)

    async function handler(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
      const { method, headers, ip, raw } = request
      const call: HttpCall<FastifyRequest> = {
        method,
        ...targetOf(raw.url ?? ''),
        headers: joinedHeaders(headers, raw),
        ip,
        host: request,
        body: (maxBytes) => bodyOf(request, maxBytes),
      }
      const answered = dispatcher.answer(call)
      return answered ? respond(reply, await answered) : reply.callNotFound()
    }

    const method = instance.supportedMethods
    for (const path of pathsOf(dispatcher.places, forgiven)) {
      instance.route({ method, url: `${prefix}${path}`, exposeHeadRoute: false, handler })
    }
  }
}

function pathsOf(paths: readonly string[], { ignoreDuplicateSlashes }: Forgiven): readonly string[] {
  // Clients whose endpoint ends in a slash send two. A router that merges slashes would match everything with `//*`.
  return ignoreDuplicateSlashes ? paths : [...paths, '//*']
}
