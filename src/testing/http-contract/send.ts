import {
  type Agent,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request,
} from 'node:http'

/** What a request says besides its method and path. */
export interface Sent {
  /** A body as JSON, with the content type for it. */
  readonly json?: unknown
  /** A body as it goes over the wire. */
  readonly body?: string | Uint8Array
  readonly headers?: OutgoingHttpHeaders
  /** What stands before the path, for a target in absolute form: `http://example.com`. */
  readonly origin?: string
}

/** An answer, read to its end. */
export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  /** The body parsed as JSON, or `undefined` when it is not JSON. */
  readonly body: unknown
}

/** Sends a request by node:http, which unlike `fetch` changes nothing in a path or a body. */
export function send(agent: Agent, base: string, method: string, path: string, sent: Sent = {}): Promise<Answer> {
  const { hostname, port, pathname } = new URL(base)
  const body = sent.json === undefined ? sent.body : JSON.stringify(sent.json)
  const isChunked = sent.headers?.['Transfer-Encoding'] !== undefined
  const headers: OutgoingHttpHeaders = {
    ...(sent.json !== undefined && { 'Content-Type': 'application/json' }),
    ...(body !== undefined && !isChunked && { 'Content-Length': Buffer.byteLength(body) }),
    ...sent.headers,
  }
  const target = `${sent.origin ?? ''}${pathname.replace(/\/$/, '')}${path}`
  return new Promise((resolve, reject) => {
    request({ agent, hostname, port, method, path: target, headers })
      .on('error', reject)
      .on('response', (response) => resolve(read(response)))
      .end(body)
  })
}

/** Reads an answer to its end. */
export async function read(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString('utf8')
  return { status: response.statusCode ?? 0, headers: response.headers, text, body: fromJson(text) }
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
