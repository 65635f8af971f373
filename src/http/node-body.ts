import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import { bodyTooLarge } from './body.js'
import type { HttpBody } from './call.js'
import { HttpError } from './errors.js'

/** The part of a Node request that its body is read from. */
export type NodeRequest = Readable & { readonly headers: IncomingHttpHeaders }

/**
 * Reads the body of a Node request. What a host's parser made of it counts only once the stream has ended: some
 * frameworks set an empty body before anything is read.
 *
 * @throws {HttpError} when it is longer than `maxBytes`, or ends early.
 */
export async function nodeBody(request: NodeRequest, parsed: unknown, maxBytes: number): Promise<HttpBody> {
  if (!request.readableEnded) return { bytes: await streamBytes(request, maxBytes) }
  const bytes = typeof parsed === 'string' ? Buffer.from(parsed) : parsed
  // The parser's own limit may be higher.
  if (bytesOf(request.headers, bytes) > maxBytes) throw bodyTooLarge(maxBytes)
  return bytes instanceof Uint8Array ? { bytes, isDecoded: true } : { parsed: bytes }
}

/** The length of the body that a value was parsed from: its `Content-Length`, unless it was compressed. */
function bytesOf(headers: IncomingHttpHeaders, parsed: unknown): number {
  if (parsed === undefined) return 0
  if (parsed instanceof Uint8Array) return parsed.length
  const { 'content-encoding': encoding = 'identity', 'content-length': told } = headers
  if (told !== undefined && encoding.toLowerCase() === 'identity') return Number(told)
  try {
    return Buffer.byteLength(JSON.stringify(parsed) ?? '')
  } catch {
    throw new HttpError('malformed-body', 'The body must be a JSON object')
  }
}

/**
 * Reads a stream to its end.
 *
 * @throws {HttpError} when it is longer than `maxBytes`, or ends early.
 */
export function streamBytes(stream: Readable, maxBytes: number): Promise<Uint8Array> {
  const endedEarly = new HttpError('malformed-body', 'The body ended early')
  // A destroyed stream emits nothing more, not even `close`.
  if (stream.destroyed) return Promise.reject(endedEarly)
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    let length = 0
    function keep(chunk: Uint8Array | string): void {
      // A string when the host has set an encoding, or made the stream itself.
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk, stream.readableEncoding ?? 'utf8') : chunk
      length += bytes.length
      if (length <= maxBytes) chunks.push(bytes)
      else end(bodyTooLarge(maxBytes, closing))
    }
    function end(refusal?: HttpError): void {
      stream.off('data', keep).off('end', end).off('error', endEarly).off('close', endEarly)
      if (refusal) reject(refusal)
      else resolve(Buffer.concat(chunks))
    }
    const endEarly = () => end(endedEarly)
    stream.on('data', keep).on('end', end).on('error', endEarly).on('close', endEarly)
  })
}

// The client may still be sending: closing tells it to stop.
const closing = { Connection: 'close' }
