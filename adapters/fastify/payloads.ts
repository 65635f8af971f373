import type { Readable } from 'node:stream'
import type { HttpBody } from '../../src/http/call.js'
import { nodeBody, streamBytes } from '../../src/http/node-body.js'
import type { AddContentTypeParser, FastifyInstance, FastifyRequest } from './fastify-parts.js'

/**
 * Takes the place of the parsers of an instance, and returns what reads a body when it is known whose it is. What counts
 * is what the `preParsing` hooks of the host have made of it.
 */
export function keepPayloads(
  instance: FastifyInstance,
): (request: FastifyRequest, maxBytes: number) => Promise<HttpBody> {
  const payloads = new WeakMap<FastifyRequest, Readable>()
  instance.removeAllContentTypeParsers()
  const addContentTypeParser = instance.addContentTypeParser as AddContentTypeParser
  addContentTypeParser.call(instance, '*', (request, payload, done) => {
    if (payload !== request.raw) {
      payloads.set(request, payload)
      // A decoder may fail before anybody reads it, or when nobody does any more; unheard, that ends the process.
      payload.on('error', () => undefined)
    }
    done(null)
  })
  return async (request, maxBytes) => {
    const payload = payloads.get(request)
    if (!payload) return nodeBody(request.raw, undefined, maxBytes)
    try {
      return { bytes: await streamBytes(payload, maxBytes), isDecoded: true }
    } finally {
      // Or a decoder would go on with what is too long.
      payload.destroy()
    }
  }
}
