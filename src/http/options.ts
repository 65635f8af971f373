import * as v from 'valibot'
import { checkedOptions, type SchemaOf } from '../domain/options.js'
import { quoted } from '../errors/users-error.js'
import { type Logger, loggerOption } from '../ports/logger.js'
import type { UsersService } from '../service/users-service.js'
import type { Authorize } from './authorization.js'
import type { Dialect } from './dialect.js'
import { type DialectName, dialects } from './dialects/index.js'
import type { DispatcherOptions } from './dispatcher.js'
import { limiterFault, type RateLimiter } from './rate-limit.js'

/** The options of every mount. */
export interface UsersHttpOptions<Host = unknown> {
  /** The service that the mount serves. */
  readonly users: UsersService
  /** Who may do what: `apiKeys([...])`, or a function of the host's. There is no default. */
  readonly authorize: Authorize<Host>
  /** What the mount sees before the paths of the API: `/v1` for `/v1/users`. Nothing when absent. */
  readonly prefix?: string | undefined
  /**
   * The wire formats to serve, the default one first; all of them when absent. `classic` is Appwrite's Users API as its
   * versions 0.3 to 0.6 had it. The header `X-Rollbook-Dialect` names the format of each answer.
   */
  readonly dialects?: readonly DialectName[] | undefined
  /**
   * Counts the deletes of sessions: a `rate-limiter-flexible` limiter that several processes share, or anything with
   * `points`, `duration` and `consume` like one. When absent, 100 in 60 minutes, counted in this process.
   */
  readonly rateLimiter?: RateLimiter | undefined
  /**
   * Serves the OpenAPI document of the API at `/openapi.json`, below the prefix, to callers with the scope `users.read`:
   * `authorize` gets `getOpenApi` as the operation. Off when absent.
   */
  readonly openapi?: boolean | undefined
  /** Gets the errors that no client may see. Shaped like pino; process warnings when absent. */
  readonly logger?: Logger | undefined
}

const known: readonly [Dialect, ...Dialect[]] = dialects

const schema = v.strictObject({
  users: v.custom<UsersService>(hasGetUser, 'must be a service of createUsersService()'),
  authorize: v.custom<Authorize>(
    (value) => typeof value === 'function',
    'is required, so that nobody gets in by accident: pass apiKeys([...]) or a function',
  ),
  prefix: v.optional(v.custom<string>(isPrefix, 'must begin with a slash and not end with one, like /v1')),
  dialects: v.optional(
    v.custom<readonly string[]>(
      (value) => dialectsFault(value) === undefined,
      ({ input }) => dialectsFault(input) ?? '',
    ),
  ),
  rateLimiter: v.optional(
    v.custom<RateLimiter>(
      (value) => limiterFault(value) === undefined,
      ({ input }) => limiterFault(input) ?? '',
    ),
  ),
  openapi: v.optional(v.boolean('must be true or false')),
  logger: v.optional(loggerOption),
} satisfies SchemaOf<UsersHttpOptions>)

/**
 * Returns the options of a mount with the dialects that they name, in their order.
 *
 * @throws {InvalidOptionsError} naming each option that is wrong, missing or unknown.
 */
export function checkedHttpOptions<Host>(mount: string, options: UsersHttpOptions<Host>): DispatcherOptions<Host> {
  const { dialects: names } = checkedOptions(mount, schema, options ?? {})
  // In the host's order: the first one is the default.
  const named = names?.flatMap((name) => known.filter((dialect) => dialect.name === name))
  const [first = known[0], ...others] = named ?? known
  return { ...options, dialects: [first, ...others] }
}

function hasGetUser(value: unknown): boolean {
  return typeof Object(value).getUser === 'function'
}

function isPrefix(value: unknown): boolean {
  return typeof value === 'string' && /^(?:\/[^/?#]+)*$/.test(value)
}

/** What is wrong with a list of dialects. */
function dialectsFault(list: unknown): string | undefined {
  const names = known.map(({ name }) => name)
  if (!Array.isArray(list) || list.length === 0) return `must be a list of at least one of ${names.join(', ')}`
  for (const [index, name] of list.entries()) {
    if (typeof name !== 'string') return `must be a list of names, but has a value of type ${typeof name}`
    if (!names.includes(name)) return `has an unknown name ${quoted(name)} (known: ${names.join(', ')})`
    if (list.indexOf(name) !== index) return `has ${quoted(name)} twice`
  }
  return undefined
}
