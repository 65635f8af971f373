import type { IncomingMessage } from 'node:http'
import type { HttpBody } from './call.js'
import { HttpRefusal } from './refusal.js'

/**
 * Reads the body of a Node request. What a parser of the host made of it counts only if the stream has ended: some
 * frameworks set an empty body before anybody has read one.
 *
 * @throws {HttpRefusal} when it is longer than `maxBytes`, or ends early.
 */
export async function nodeBody(request: IncomingMessage, parsed: unknown, maxBytes: number): Promise<HttpBody> {
  if (!request.readableEnded) return { bytes: await readAll(request, maxBytes) }
  if (typeof parsed === 'string') return { bytes: Buffer.from(parsed) }
  return parsed instanceof Uint8Array ? { bytes: parsed } : { parsed }
}

function readAll(request: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const endedEarly = new HttpRefusal('malformed-body', 'The body ended early')
  // Such a stream tells nothing more, not even that it has closed.
  if (request.destroyed) return Promise.reject(endedEarly)
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    function keep(chunk: Buffer): void {
      length += chunk.length
      if (length <= maxBytes) chunks.push(chunk)
      else end(new HttpRefusal('body-too-large', `The body must have at most ${maxBytes} bytes`, closing))
    }
    function end(refusal?: HttpRefusal): void {
      request.off('data', keep).off('end', end).off('error', endEarly).off('close', endEarly)
      if (refusal) reject(refusal)
      else resolve(Buffer.concat(chunks))
    }
    const endEarly = () => end(endedEarly)
    request.on('data', keep).on('end', end).on('error', endEarly).on('close', endEarly)
  })
}

// The client may still be sending; it learns that nobody listens.
const closing = { Connection: 'close' }
