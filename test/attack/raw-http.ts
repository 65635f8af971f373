import { connect } from 'node:net'

/** A request as it goes over the wire, right or wrong. */
export interface RawRequest {
  readonly method: string
  readonly target: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array
  /** Of HTTP: 1.1 when absent. */
  readonly version?: '1.0' | '1.1'
  /** The client ends its side behind the body, whatever length it told. */
  readonly hangsUp?: boolean
}

/** An answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number
  /** By lower-case name; of a repeated one all values. */
  readonly headers: ReadonlyMap<string, readonly string[]>
  readonly text: string
}

const patienceMs = 5000

/**
 * Sends a request on a connection of its own. Answers `undefined` when the server closes the connection without an
 * answer.
 *
 * @throws when the answer has not ended within 5 seconds, or is no HTTP.
 */
export function exchange(url: string, request: RawRequest): Promise<RawAnswer | undefined> {
  const { port, hostname } = new URL(url)
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0)
    const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true })
    const late = setTimeout(() => {
      reject(new Error(`no answer within ${patienceMs} ms`))
      socket.destroy()
    }, patienceMs)
    const settle = (atEnd: boolean) => {
      try {
        const answer = answerIn(received, request.method, atEnd)
        if (answer || atEnd) resolve(answer)
        if (answer) socket.destroy()
      } catch (error) {
        reject(error)
        socket.destroy()
      }
    }
    socket
      .on('data', (chunk) => {
        received = Buffer.concat([received, chunk])
        settle(false)
      })
      // A server that has answered may close while we still send.
      .on('error', () => undefined)
      .on('end', () => socket.destroy())
      .on('close', () => {
        clearTimeout(late)
        settle(true)
      })
    socket.write(bytesOf(request))
    if (request.hangsUp) socket.end()
  })
}

function bytesOf({ method, target, headers, body, version = '1.1' }: RawRequest): Buffer {
  const first = `${method} ${target} HTTP/${version}`
  const lines = [first, ...headers.map(([name, value]) => `${name}: ${value}`), '', '']
  const head = lines.join('\r\n')
  // What is beyond latin-1 goes out as UTF-8, which is as good as any other bytes.
  const isLatin = [...head].every((letter) => letter <= '\xff')
  return Buffer.concat([Buffer.from(head, isLatin ? 'latin1' : 'utf8'), body])
}

/** Reads the first answer in these bytes, or `undefined` when it is not there as a whole. */
function answerIn(bytes: Buffer, method: string, atEnd: boolean): RawAnswer | undefined {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n')
  const status = Number(/^HTTP\/1\.1 (\d{3})\b/.exec(first)?.[1])
  if (Number.isNaN(status)) throw new Error(`no HTTP answer: ${JSON.stringify(first)}`)
  const rest = bytes.subarray(end + 4)
  if (status === 100) return answerIn(rest, method, atEnd)
  const headers = new Map<string, string[]>()
  for (const line of lines) {
    const [, name = '', value = ''] = /^([^:]+): ?(.*)$/.exec(line) ?? []
    headers.set(name.toLowerCase(), [...(headers.get(name.toLowerCase()) ?? []), value])
  }
  if (method === 'HEAD') return { status, headers, text: '' }
  // Node itself answers in chunks, without a body.
  if (headers.has('transfer-encoding') && rest.equals(Buffer.from('0\r\n\r\n'))) return { status, headers, text: '' }
  const length = Number(headers.get('content-length')?.[0] ?? (atEnd ? rest.length : Number.NaN))
  if (rest.length >= length) return { status, headers, text: rest.toString('utf8', 0, length) }
  if (atEnd) throw new Error(`the answer has ${rest.length} bytes and says ${length}`)
  return undefined
}
