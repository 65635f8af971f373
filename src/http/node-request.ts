import type { IncomingHttpHeaders } from 'node:http'

/** The path and the query of a request target, as they were sent: percent-encoding and all. */
export interface Target {
  readonly path: string
  /** Without the question mark. */
  readonly query: string
}

// What proxies are sent, and a server must understand. With a name and password in it no `Request` can be made.
const schemeAndHost = /^https?:\/\/[^/?#@\\]+(?=\/)/i
// In no target there may be one (RFC 9112): some servers cut it off, and to others it is part of the path.
const nobodysPath: Target = { path: '', query: '' }

/**
 * Takes a request target apart, the same way for every mount: `/users?limit=1`, or with `http://host` before it. A
 * target with a fragment in it is nobody's path.
 */
export function targetOf(target: string): Target {
  if (target.includes('#')) return nobodysPath
  const local = target.startsWith('/') ? target : target.replace(schemeAndHost, '')
  const end = local.indexOf('?')
  return end < 0 ? { path: local, query: '' } : { path: local.slice(0, end), query: local.slice(end + 1) }
}

// Of these Node keeps the first and drops the others, so that two credentials would pass for one.
const keptOnce = ['authorization', 'content-type', 'user-agent']

/**
 * The headers of a request, with all values of one that is repeated, joined as a `Headers` joins them: nobody's key is
 * `a, b`, and no content type. What a hook of the host has put in the place of a header stands.
 */
export function joinedHeaders(
  headers: IncomingHttpHeaders,
  request: { readonly rawHeaders?: readonly string[] } | undefined,
): IncomingHttpHeaders {
  const rawHeaders = request?.rawHeaders ?? []
  let joined = headers
  for (const name of keptOnce) {
    if (!isRepeated(rawHeaders, name)) continue
    const values = rawHeaders.filter((_, index) => index % 2 === 1 && isNamed(rawHeaders[index - 1], name))
    if (headers[name] === values[0]) joined = { ...joined, [name]: values.join(', ') }
  }
  return joined
}

/** Nothing is made here: it is asked about every request. */
function isRepeated(rawHeaders: readonly string[], name: string): boolean {
  let times = 0
  for (let index = 0; index < rawHeaders.length; index += 2) if (isNamed(rawHeaders[index], name)) times++
  return times > 1
}

function isNamed(written: string | undefined, name: string): boolean {
  return written?.length === name.length && written.toLowerCase() === name
}

/** Returns what is sent as `Authorization: Bearer`, whatever the case of the scheme. */
export function bearerOf({ authorization = '' }: IncomingHttpHeaders): string | undefined {
  return /^bearer +(\S+)$/i.exec(authorization)?.[1]
}
