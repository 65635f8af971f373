import { bodyTooLarge } from '../../src/http/body.js'
import { HttpError } from '../../src/http/errors.js'

/**
 * Reads the body of a request.
 *
 * @throws {HttpError} when it is longer than `maxBytes`, or ends early.
 * @throws when it has been read already.
 */
export async function fetchBody(request: Request, maxBytes: number): Promise<Uint8Array> {
  const { body, bodyUsed } = readable(request)
  if (bodyUsed) throw new Error('the body was read before fetchUsers got the request: give it request.clone()')
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of arriving(body)) {
    length += chunk.length
    if (length > maxBytes) throw bodyTooLarge(maxBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Some servers create the `Request` lazily, and fail only now if its host cannot stand in a URL. */
function readable(request: Request): Pick<Request, 'body' | 'bodyUsed'> {
  try {
    return { body: request.body, bodyUsed: request.bodyUsed }
  } catch {
    throw new HttpError('malformed-body', 'The body cannot be read: the request has no valid URL')
  }
}

async function* arriving(body: ReadableStream<Uint8Array> | null): AsyncIterable<Uint8Array> {
  try {
    if (body) yield* body
  } catch {
    throw new HttpError('malformed-body', 'The body ended early')
  }
}
