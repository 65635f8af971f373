import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import type { RawRequest } from '../attack/raw-http.js'

/** A request, byte by byte, and its one answer on every mount; 0 is that the connection is closed without a word. */
export interface RawRow {
  readonly name: string
  readonly status: number
  /** The status after a parser of the host, where that differs. */
  readonly parsed?: number
  /** Where nothing is said: a GET with the right key and a host. `place` is where the mount is. */
  readonly request: (place: string) => Partial<RawRequest>
}

type Header = readonly [name: string, value: string]

const host: Header = ['Host', 'users.example']
const key: Header = ['X-Appwrite-Key', 'key']

const target = (status: number, name: string, make: (place: string) => string): RawRow => ({
  ...{ name: `target: ${name}`, status },
  request: (place) => ({ target: make(place) }),
})

/** Request targets: what comes before the path, in it and behind it. */
const targets: readonly RawRow[] = [
  target(200, 'a path', (at) => `${at}/users`),
  target(200, 'absolute, http', (at) => `http://users.example${at}/users`),
  target(200, 'absolute, https, another host and a port', (at) => `https://other.example:8443${at}/users/user1`),
  target(200, 'absolute, an address in brackets', (at) => `http://[::1]:80${at}/users?limit=1`),
  target(200, 'absolute, a scheme in capitals', (at) => `HTTP://users.example${at}/users`),
  target(200, 'absolute, two slashes before /users', (at) => `http://users.example${at}//users`),
  target(404, 'absolute, a name and password', (at) => `http://me:pass@users.example${at}/users`),
  target(404, 'absolute, another scheme', (at) => `ftp://users.example${at}/users`),
  target(404, 'absolute, a path that is not ours', () => 'http://users.example/x'),
  target(404, 'absolute, no path', () => 'http://users.example'),
  target(404, 'absolute, no host', (at) => `http://${at}/users`),
  target(400, 'a host and a port', () => 'users.example:80'),
  target(404, 'an asterisk', () => '*'),
  target(400, 'nothing', () => ''),
  target(400, 'a path without its slash', () => 'users'),
  target(400, 'a space in a path', (at) => `${at}/users /user1`),
  target(200, 'two slashes before /users', (at) => `${at}//users`),
  target(200, 'three slashes before /users', (at) => `${at}///users/user1`),
  target(404, 'a slash at the end', (at) => `${at}/users/`),
  target(404, 'a slash at the end of an id', (at) => `${at}/users/user1/`),
  target(404, 'two slashes before an id', (at) => `${at}/users//user1`),
  target(404, 'two slashes behind an id', (at) => `${at}/users/user1//prefs`),
  target(404, 'a slash that is encoded, before an id', (at) => `${at}/users%2Fuser1`),
  target(404, 'a slash that is encoded, behind an id', (at) => `${at}/users/user1%2Fprefs`),
  target(404, 'dots above the path', (at) => `${at}/x/../users`),
  target(404, 'dots that are encoded', (at) => `${at}/x/%2e%2e/users`),
  target(404, 'dots in the place of an id', (at) => `${at}/users/..`),
  target(404, 'a dot before the path', (at) => `${at}/./users`),
  target(404, 'parameters of the path', (at) => `${at}/users;a=b`),
  target(404, 'parameters of an id', (at) => `${at}/users/user1;a=b`),
  target(404, 'a fragment', (at) => `${at}/users#x`),
  target(404, 'a fragment behind a query', (at) => `${at}/users?limit=1#x`),
  target(404, 'a fragment before a path', (at) => `/x#${at}/users`),
  target(404, 'a backslash for a slash at the end', (at) => `${at}/users\\`),
  target(404, 'a backslash behind a slash', (at) => `${at}/\\users`),
  target(404, 'a backslash before an id', (at) => `${at}/users\\user1`),
  target(404, 'capitals', (at) => `${at}/USERS`),
  target(404, 'a letter of /users encoded', (at) => `${at}/%75sers`),
  target(200, 'a letter of an id encoded', (at) => `${at}/users/%75ser1`),
  target(400, 'an encoding that is none', (at) => `${at}/users/%zz`),
  target(400, 'an encoding that is no UTF-8', (at) => `${at}/users/%E0%A4%A`),
  // Node itself refuses such bytes, wherever they stand in a target.
  target(400, 'bytes beyond ASCII in an id', (at) => `${at}/users/é`),
  target(404, 'an id of 7,000 letters', (at) => `${at}/users/${'a'.repeat(7000)}`),
  target(431, 'a query of 20,000 letters', (at) => `${at}/users?search=${'a'.repeat(20_000)}`),
  target(200, 'an empty query', (at) => `${at}/users?`),
  target(200, 'a question mark in a query', (at) => `${at}/users?search=a?b`),
  target(400, 'two queries', (at) => `${at}/users?limit=1?limit=2`),
  target(400, 'a query whose encoding is none', (at) => `${at}/users?search=%zz`),
  target(400, 'bytes beyond ASCII in a query', (at) => `${at}/users?search=é`),
  target(200, 'a query with a backslash', (at) => `${at}/users?search=a\\b`),
]

const headers = (status: number, name: string, list: readonly Header[], more: Partial<RawRequest> = {}): RawRow => ({
  ...{ name: `headers: ${name}`, status },
  request: () => ({ ...more, headers: list }),
})
const bearer: Header = ['Authorization', 'Bearer key']

/** Hosts, and headers that are there twice. */
const headerRows: readonly RawRow[] = [
  headers(200, 'a host that is no address', [['Host', '.1'], key]),
  headers(200, 'an empty host', [['Host', ''], key]),
  headers(200, 'a host with a space in it', [['Host', 'a b'], key]),
  headers(200, 'two hosts', [host, ['Host', 'other.example'], key]),
  headers(400, 'no host', [key]),
  headers(200, 'no host, on HTTP/1.0', [key], { version: '1.0' }),
  headers(200, 'a bearer', [host, bearer]),
  headers(200, 'a bearer in small letters, behind two spaces', [host, ['authorization', 'bearer  key']]),
  headers(401, 'two bearers, the first right', [host, bearer, ['Authorization', 'Bearer x']]),
  headers(401, 'two bearers, the second right', [host, ['authorization', 'Bearer x'], bearer]),
  headers(401, 'the right bearer twice', [host, bearer, bearer]),
  headers(401, 'two bearers in one header', [host, ['Authorization', 'Bearer key, Bearer x']]),
  headers(401, 'the right key twice', [host, key, key]),
  headers(401, 'two keys, the first right', [host, key, ['X-Appwrite-Key', 'x']]),
  headers(200, 'an empty key, and a bearer', [host, ['X-Appwrite-Key', ''], bearer]),
  headers(200, 'a project twice', [host, key, ['X-Appwrite-Project', 'a'], ['X-Appwrite-Project', 'b']]),
]

const method = (status: number, name: string, list: readonly Header[] = []): RawRow => ({
  ...{ name: `method: ${name}${list.length > 0 ? ', with a content type' : ''}`, status },
  request: (place) => ({ method: name, target: `${place}/users`, headers: [host, key, ...list] }),
})

/** Methods, known and not. */
const methods: readonly RawRow[] = [
  method(200, 'HEAD'),
  method(405, 'OPTIONS'),
  method(405, 'TRACE'),
  method(405, 'QUERY', [
    ['Content-Type', 'application/json'],
    ['Content-Length', '0'],
  ]),
  method(405, 'QUERY'),
  method(405, 'PROPFIND'),
  method(400, 'get'),
  method(400, 'NONSENSE'),
  {
    ...{ name: 'method: CONNECT', status: 0 },
    request: () => ({ method: 'CONNECT', target: 'users.example:80', headers: [host, key] }),
  },
]

const json: Header = ['Content-Type', 'application/json']
const typed = (type: string): Header[] => [['Content-Type', type]]
const encoded = (encoding: string): Header[] => [json, ['Content-Encoding', encoding]]
const chunked: Header = ['Transfer-Encoding', 'chunked']
const user = '{"email":"new@example.com","password":"correct horse"}'
const long = `{"name":"${'x'.repeat(130 * 1024)}"}`

/** `status` is before a parser, or before and after one. */
function body(
  status: number | readonly [number, number],
  name: string,
  list: Header[],
  sent: string | Buffer,
  named = host,
): RawRow {
  const [before, parsed] = typeof status === 'number' ? [status, status] : status
  const bytes = Buffer.from(sent)
  const isChunked = list.includes(chunked)
  const length: Header[] = isChunked ? [] : [['Content-Length', `${bytes.length}`]]
  const chunk = () =>
    Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n0\r\n\r\n')])
  return {
    ...{ name: `body: ${name}`, status: before, parsed },
    request: (place) => ({
      ...{ method: 'POST', target: `${place}/users`, headers: [named, key, ...list, ...length] },
      body: isChunked ? chunk() : bytes,
    }),
  }
}

/** Bodies of a new user, and what is told of them. */
const bodies: readonly RawRow[] = [
  body(201, 'JSON', [json], user),
  body(201, 'in chunks', [json, chunked], user),
  body(201, 'for a host that is no address', [json], user, ['Host', '.1']),
  body([415, 201], 'gzip', encoded('gzip'), gzipSync(user)),
  body([415, 201], 'gzip, in chunks', [...encoded('gzip'), chunked], gzipSync(user)),
  body([415, 201], 'deflate', encoded('deflate'), deflateSync(user)),
  body([415, 201], 'br', encoded('br'), brotliCompressSync(user)),
  body(201, 'identity, in capitals', encoded('Identity'), user),
  body(415, 'gzip twice', encoded('gzip, gzip'), gzipSync(gzipSync(user))),
  body([415, 400], 'gzip that is none', encoded('gzip'), user),
  body(415, 'an encoding that nobody knows', encoded('x'), user),
  body(201, 'a type in capitals', typed('APPLICATION/JSON'), user),
  body(201, 'a type of its own that is JSON', typed('application/vnd.api+json'), user),
  body(201, 'charset', typed('application/json;charset="UTF-8"'), user),
  body(201, 'profile', typed('application/json; profile="x"'), user),
  body(201, 'a semicolon at the end', typed('application/json;'), user),
  body([415, 201], 'UTF-16, as it says', typed('application/json; charset=utf-16le'), Buffer.from(user, 'utf16le')),
  body([400, 400], 'UTF-16, unsaid', [json], Buffer.from(user, 'utf16le')),
  body(415, 'a charset that is no Unicode', typed('application/json; charset=iso-8859-1'), user),
  body(415, 'two types in one header', typed('application/json, text/plain'), user),
  body(415, 'two types', [json, ['Content-Type', 'text/plain']], user),
  body(415, 'the type twice', [json, json], user),
  body(415, 'text', typed('text/plain'), user),
  body(415, 'a form', typed('application/x-www-form-urlencoded'), 'email=new%40example.com&password=correct+horse'),
  body(415, 'no type', [], user),
  body([400, 201], 'a byte order mark', [json], `\ufeff${user}`),
  body(400, 'empty', [json], ''),
  body(400, 'an empty object', [json], '{}'),
  body(400, 'a list', [json], `[${user}]`),
  body(400, 'cut', [json], user.slice(0, -1)),
  body(413, 'too long', [json], long),
  body(413, 'too long, in chunks', [json, chunked], long),
  body([415, 413], 'too long when it is decompressed', encoded('gzip'), gzipSync(long)),
  body(400, 'two lengths', [json, ['Content-Length', `${user.length}`]], user),
  body(400, 'a length, and chunks', [json, ['Content-Length', '1'], chunked], user),
]

export const rawRows: readonly RawRow[] = [...targets, ...headerRows, ...methods, ...bodies]

/** The whole request of a row. */
export function rawRequestOf({ request }: RawRow, place: string): RawRequest {
  const sent = request(place)
  return { method: 'GET', target: `${place}/users`, headers: [host, key], body: Buffer.alloc(0), ...sent }
}
