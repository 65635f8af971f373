import type { Readable } from 'node:stream'
import type { HttpBody } from '../../src/http/call.js'
import { nodeBody, streamBytes } from '../../src/http/node-body.js'
import type { AddContentTypeParser, FastifyInstance, FastifyRequest } from './fastify-parts.js'

/**
 * Replaces the parsers of an instance, and returns a function that reads a body later, once the caller is known. It reads
 * what the `preParsing` hooks of the host have made of the body.
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
      // A decoder may fail before or after anybody reads from it: without a listener that ends the process.
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
      // A decoder would otherwise go on decoding a body that is too long.
      payload.destroy()
    }
  }
}
