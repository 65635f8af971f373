import type { IncomingHttpHeaders } from 'node:http'

/** The path and the query of a request target, still percent-encoded. */
export interface Target {
  readonly path: string
  /** Without the question mark. */
  readonly query: string
}

// The absolute form, which proxies are sent and a server must understand. Not with credentials: `Request` refuses those.
const schemeAndHost = /^https?:\/\/[^/?#@\\]+(?=\/)/i
// A target has no fragment (RFC 9112): some servers cut one off, others take it for part of the path.
const noPath: Target = { path: '', query: '' }

/**
 * Splits a request target, `/users?limit=1` or with `http://host` before it, the same way for every mount. A target with a
 * fragment matches no path.
 */
export function targetOf(target: string): Target {
  if (target.includes('#')) return noPath
  const local = target.startsWith('/') ? target : target.replace(schemeAndHost, '')
  const end = local.indexOf('?')
  return end < 0 ? { path: local, query: '' } : { path: local.slice(0, end), query: local.slice(end + 1) }
}

// Node keeps only the first of these, so that two credentials would pass for one.
const keptOnce = ['authorization', 'content-type', 'user-agent']

/**
 * The headers of a request, with repeated ones joined as a `Headers` joins them: `a, b` is neither a key nor a content
 * type. A header that a hook of the host has replaced stays as it is.
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

/** Allocates nothing, since every request asks. */
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
