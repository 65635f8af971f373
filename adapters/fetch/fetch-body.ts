import { HttpRefusal } from '../../src/http/refusal.js'

/**
 * Reads the body of a request.
 *
 * @throws {HttpRefusal} when it is longer than `maxBytes`, or ends early.
 * @throws when somebody else has read it already.
 */
export async function fetchBody({ body, bodyUsed }: Request, maxBytes: number): Promise<Uint8Array> {
  if (bodyUsed) throw new Error('the body was read before fetchUsers got the request: give it request.clone()')
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of arriving(body)) {
    length += chunk.length
    if (length > maxBytes) throw new HttpRefusal('body-too-large', `The body must have at most ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

async function* arriving(body: ReadableStream<Uint8Array> | null): AsyncIterable<Uint8Array> {
  try {
    if (body) yield* body
  } catch {
    throw new HttpRefusal('malformed-body', 'The body ended early')
  }
}
