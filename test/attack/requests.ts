import fc from 'fast-check'
import {
  contentTypes,
  hostileBodies,
  hostileEncodings,
  hostileHeaders,
  hostileTexts,
  hostileValue,
  oddNumbers,
} from './hostile-values.js'
import { callers, passwords } from './watched-world.js'

/** A request, as it can be shrunk and printed. `{session1}` in a path stands for the id of a session that is there. */
export interface Attack {
  readonly caller: keyof typeof callers | 'nobody'
  readonly credentials: readonly (readonly [string, string])[]
  readonly method: string
  readonly path: string
  readonly query: readonly string[]
  readonly fields: Readonly<Record<string, unknown>> | undefined
  readonly changes: readonly Change[]
}

/** One thing by which a request differs from a right one. */
type Change =
  | { readonly change: 'method'; readonly to: string }
  | { readonly change: 'path'; readonly at: number; readonly text: string }
  | { readonly change: 'target'; readonly to: string }
  | { readonly change: 'query'; readonly text: string }
  | { readonly change: 'header'; readonly header: readonly [string, string] }
  | { readonly change: 'type'; readonly to: string | undefined }
  | { readonly change: 'body'; readonly to: string | Uint8Array }
  | { readonly change: 'length'; readonly to: string }
  | { readonly change: 'cut' }
  | { readonly change: 'chunked' }
  | { readonly change: 'spelling' }

// Less the empty one, which makes another path.
const encoded = fc
  .constantFrom(...hostileTexts.filter((text) => text !== ''))
  .map((text) => encodeURIComponent(text.toWellFormed()))
const user = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('ada', 'bob', 'e.v-e_1') },
  { weight: 2, arbitrary: fc.nat(40).map((n) => `test${String(n).padStart(16, '0')}`) },
  { weight: 1, arbitrary: encoded },
)
const session = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('{session1}', '{session2}', ':session') },
  { weight: 1, arbitrary: encoded },
)
const text = fc.oneof(fc.string(), fc.constantFrom('Ada', 'Zoë 🦊'), fc.constantFrom(...hostileTexts))
const mostly = (arbitrary: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 6, arbitrary }, { weight: 1, arbitrary: hostileValue })
const parameter = (name: string, values: fc.Arbitrary<string>) =>
  fc.option(
    values.map((value) => `${name}=${/^[!-~]*$/.test(value) ? value : encodeURIComponent(value)}`),
    { nil: '' },
  )
const range = [parameter('limit', fc.constantFrom(...oddNumbers)), parameter('offset', fc.constantFrom(...oddNumbers))]

interface Call {
  readonly method: string
  readonly path: fc.Arbitrary<string>
  readonly query?: readonly fc.Arbitrary<string>[]
  readonly fields?: fc.Arbitrary<Record<string, unknown>>
}

const below = (rest: string) => user.map((id) => `/users/${id}${rest}`)
const calls: readonly Call[] = [
  {
    method: 'GET',
    path: fc.constant('/users'),
    query: [
      ...range,
      parameter(
        'search',
        fc.oneof(encoded, fc.constantFrom('ada', 'EXAMPLE', 'argon2', '%24argon2id', 'insecure', 'theme')),
      ),
      parameter('orderType', fc.constantFrom('ASC', 'DESC', 'asc', 'DESC;drop', '')),
    ],
  },
  {
    method: 'POST',
    path: fc.constant('/users'),
    fields: fc.record(
      {
        email: mostly(
          fc.oneof(
            fc.nat(4).map((n) => `new${n}@example.com`),
            text.map((local) => `${local}@example.com`),
          ),
        ),
        // A password may be in no other field, or a search of answers for it would mean nothing.
        password: fc.oneof(
          { weight: 6, arbitrary: fc.constantFrom(...passwords) },
          { weight: 1, arbitrary: hostileValue },
        ),
        name: mostly(text),
      },
      { requiredKeys: ['email', 'password'] },
    ),
  },
  { method: 'GET', path: below('') },
  { method: 'GET', path: below('/prefs') },
  { method: 'GET', path: below('/sessions') },
  { method: 'GET', path: below('/logs'), query: range },
  { method: 'PATCH', path: below('/status'), fields: fc.record({ status: mostly(fc.constantFrom(0, 1, 2, '1')) }) },
  {
    method: 'PATCH',
    path: below('/prefs'),
    fields: fc.record({ prefs: mostly(fc.dictionary(text, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 })) }),
  },
  {
    method: 'DELETE',
    path: fc.tuple(user, session).map(([id, other]) => `/users/${id}/sessions/${other}`),
    fields: fc.record({ sessionId: mostly(fc.constantFrom('{session1}', 'none')) }, { requiredKeys: [] }),
  },
  { method: 'DELETE', path: below('/sessions') },
]

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    change: fc.constant('method' as const),
    to: fc.constantFrom(
      'HEAD',
      'HEAD',
      'OPTIONS',
      'PUT',
      'TRACE',
      'GET',
      'POST',
      'DELETE',
      'PROPFIND',
      'CONNECT',
      'get',
      'NONSENSE',
    ),
  }),
  fc.record({ change: fc.constant('path' as const), at: fc.nat(30), text: fc.constantFrom(...hostileEncodings) }),
  fc.record({
    change: fc.constant('target' as const),
    to: fc.constantFrom(
      '*',
      '/',
      '//',
      '',
      'users',
      'http://other/users',
      '/USERS',
      '//users',
      '/users/',
      '/users?',
      '/%75sers',
    ),
  }),
  fc.record({
    change: fc.constant('query' as const),
    text: fc.oneof(
      fc.constantFrom(
        'limit=1',
        'limit[]=1',
        'limit[a]=1',
        'search[$ne]=',
        'offset=0&offset=1',
        '__proto__[x]=1',
        'admin=1',
        '_method=DELETE',
      ),
      fc.constantFrom(...hostileEncodings),
    ),
  }),
  fc.record({ change: fc.constant('header' as const), header: hostileHeaders }),
  fc.record({
    change: fc.constant('type' as const),
    to: fc.option(fc.constantFrom(...contentTypes), { nil: undefined }),
  }),
  fc.record({ change: fc.constant('body' as const), to: fc.constantFrom(...hostileBodies) }),
  fc.record({
    change: fc.constant('length' as const),
    to: fc.constantFrom('0', '1', '-1', '5, 5', '1e3', '99', '104857600', 'x'),
  }),
  fc.record({ change: fc.constantFrom('cut' as const, 'chunked' as const, 'spelling' as const) }),
)

const { admin, reader, writer } = callers
const lettingIn = ({ key }: { key: string }) =>
  fc.constantFrom([['X-Appwrite-Key', key]] as const, [['Authorization', `bearer ${key}`]] as const)
const nobody = fc.constantFrom<readonly (readonly [string, string])[]>(
  [],
  [['Authorization', 'Bearer %']],
  [['Authorization', `Basic ${admin.key}`]],
  [['Authorization', `Bearer x ${admin.key}`]],
  [['X-Appwrite-Key', admin.key.toUpperCase()]],
  [['X-Appwrite-Key', admin.key.slice(0, -1)]],
  [
    ['X-Appwrite-Key', admin.key],
    ['X-Appwrite-Key', admin.key],
  ],
  [['X-Appwrite-Key', '\xff\xfe']],
  [['Cookie', `key=${admin.key}`]],
)
const who = fc.oneof(
  { weight: 12, arbitrary: lettingIn(admin).map((credentials) => ({ caller: 'admin' as const, credentials })) },
  { weight: 2, arbitrary: lettingIn(reader).map((credentials) => ({ caller: 'reader' as const, credentials })) },
  { weight: 2, arbitrary: lettingIn(writer).map((credentials) => ({ caller: 'writer' as const, credentials })) },
  { weight: 4, arbitrary: nobody.map((credentials) => ({ caller: 'nobody' as const, credentials })) },
)

/** A request: every second one right in its form, the others changed once or more. */
export const attack: fc.Arbitrary<Attack> = fc
  .tuple(who, fc.constantFrom(...calls), fc.array(change, { maxLength: 3, size: 'small' }))
  .chain(([whoever, { method, path, query = [], fields }, changes]) =>
    fc.record({
      ...{ caller: fc.constant(whoever.caller), credentials: fc.constant(whoever.credentials) },
      ...{ method: fc.constant(method), path, query: fc.tuple(...query) },
      fields: fields ?? fc.constant(undefined),
      changes: fc.constantFrom(changes, []),
    }),
  )
