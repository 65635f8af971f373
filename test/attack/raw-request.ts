import type { RawRequest } from './raw-http.js'
import type { Attack } from './requests.js'

/** Puts an attack into bytes, for a mount at this place. */
export function rawRequest(attack: Attack, place: string, known: Readonly<Record<string, string>>): RawRequest {
  const filled = (template: string) => template.replaceAll(/\{(session\d)\}/g, (_, name) => known[name] ?? '')
  let { method } = attack
  let path = place + filled(attack.path)
  let queries = attack.query.filter((part) => part !== '')
  let body: Uint8Array =
    attack.fields === undefined ? Buffer.alloc(0) : Buffer.from(filled(JSON.stringify(attack.fields)))
  let type: string | undefined = attack.fields === undefined ? undefined : 'application/json'
  let length: string | undefined
  let [isChunked, isCut, hangsUp] = [false, false, false]
  const headers: (readonly [string, string])[] = [['Host', 'users.example'], ...attack.credentials]
  for (const one of attack.changes) {
    if (one.change === 'method') method = one.to
    else if (one.change === 'path') path = path.slice(0, one.at) + one.text + path.slice(one.at)
    else if (one.change === 'target') path = one.to.startsWith('/') ? place + one.to : one.to
    else if (one.change === 'query') queries = [...queries, one.text]
    else if (one.change === 'header') headers.push(one.header)
    else if (one.change === 'type') type = one.to
    else if (one.change === 'body') body = Buffer.from(one.to)
    else if (one.change === 'length') [length, hangsUp] = [one.to, true]
    else if (one.change === 'cut') isCut = true
    else if (one.change === 'chunked') isChunked = true
    else
      path = [...path]
        .map((letter, at) => (at % 3 === 2 && /\w/.test(letter) ? `%${letter.charCodeAt(0).toString(16)}` : letter))
        .join('')
  }
  if (isCut) [body, length, hangsUp] = [body.subarray(0, -1), `${body.length}`, true]
  if (type !== undefined) headers.push(['Content-Type', type])
  if (isChunked) {
    headers.push(['Transfer-Encoding', 'chunked'])
    body = Buffer.concat([
      Buffer.from(`${body.length.toString(16)}\r\n`),
      body,
      Buffer.from(body.length > 0 ? '\r\n0\r\n\r\n' : '\r\n'),
    ])
  }
  if (length !== undefined || (!isChunked && body.length > 0))
    headers.push(['Content-Length', length ?? `${body.length}`])
  const target = queries.length === 0 ? path : `${path}?${queries.join('&')}`
  return { method, target, headers, body, hangsUp }
}
