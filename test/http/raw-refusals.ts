/** Rows of the table of raw requests that a layer of the host answers by itself, and with what. */
interface RawRefusal {
  /** The names of the mounts. */
  readonly mounts: RegExp
  readonly reason: string
  /** The status of each row. */
  readonly rows: Readonly<Record<string, number>>
}

export const rawRefusals: readonly RawRefusal[] = [
  {
    mounts: /^Fastify/,
    reason: 'Fastify refuses a URL without a host',
    rows: { 'target: absolute, no host': 400 },
  },
  {
    mounts: /^Fastify/,
    reason: 'Fastify does not know the methods of WebDAV',
    rows: { 'method: PROPFIND': 404 },
  },
  {
    mounts: /^Fastify/,
    reason: 'Fastify refuses a QUERY without a content type, as RFC 10008 asks',
    rows: { 'method: QUERY': 400 },
  },
  {
    mounts: /^fetch/,
    reason: 'a Request resolves the dots in its path',
    rows: {
      'target: dots above the path': 200,
      'target: dots that are encoded': 200,
      'target: a dot before the path': 200,
    },
  },
  {
    mounts: /^fetch/,
    reason: 'the server of Hono makes no Request of a target that is no path, or has a backslash in its path',
    rows: {
      'target: absolute, a scheme in capitals': 400,
      'target: absolute, another scheme': 400,
      'target: an asterisk': 400,
      'target: a backslash for a slash at the end': 400,
      'target: a backslash behind a slash': 400,
      'target: a backslash before an id': 400,
    },
  },
  {
    mounts: /^fetch/,
    reason: 'a Request has a host, and one that can stand in a URL',
    rows: {
      'headers: an empty host': 400,
      'headers: a host with a space in it': 400,
      'headers: no host, on HTTP/1.0': 400,
      'body: for a host that is no address': 400,
    },
  },
  {
    mounts: /^Express 4.*after/,
    reason: 'the parser of Express 4 does not know this encoding',
    rows: { 'body: br': 415 },
  },
  {
    mounts: /^Koa.*after/,
    reason:
      'koa-bodyparser knows encodings in small letters alone, and fails over a body that is not encoded as it says',
    rows: { 'body: identity, in capitals': 415, 'body: gzip that is none': 500 },
  },
  {
    mounts: /^Koa.*after/,
    reason: 'koa-bodyparser reads every body as UTF-8, whatever its charset',
    rows: { 'body: UTF-16, as it says': 400 },
  },
]
