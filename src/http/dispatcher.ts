import { invalid } from '../domain/input.js'
import { type Logger, processWarnings, unfailing } from '../ports/logger.js'
import type { CallOptions, UsersService } from '../service/users-service.js'
import { type Authorization, type Authorize, authorized } from './authorization.js'
import { bodyFields } from './body.js'
import type { HttpCall, HttpReply } from './call.js'
import type { Dialect } from './dialect.js'
import { HttpError } from './errors.js'
import { noFields } from './fields.js'
import { createMatcher, type Found, type Match, type Matching } from './matcher.js'
import { openApiRoute } from './openapi/document.js'
import { queryFields } from './query.js'
import { memoryRateLimiter, type RateLimiter, rateLimited } from './rate-limit.js'
import { errorReply, reply, unexpectedReply } from './reply.js'
import type { Route } from './route.js'

/** The options of every mount, checked. */
export interface DispatcherOptions<Host> {
  readonly users: UsersService
  readonly authorize: Authorize<Host>
  readonly prefix?: string | undefined
  readonly dialects: readonly [Dialect, ...Dialect[]]
  readonly rateLimiter?: RateLimiter | undefined
  readonly openapi?: boolean | undefined
  readonly logger?: Logger | undefined
}

/** Turns requests into replies. */
export interface Dispatcher<Host> {
  /** Patterns of the paths that may be ours, such as `/users` and `/users/*`, for a router that needs them. */
  readonly places: readonly string[]
  /**
   * Handles a request. Returns `undefined` for a path that is not ours.
   *
   * @throws {UnexpectedError} for what no client may see.
   */
  answer(call: HttpCall<Host>): Promise<HttpReply> | undefined
  /** Replies where there is no framework to do so: to an error, or without one to a path that is not ours. */
  answerAlone(call: HttpCall<Host>, error?: unknown): HttpReply
}

/** A dialect with a matcher of its routes. */
interface Served {
  readonly dialect: Dialect
  readonly findMatch: (path: string) => Match | undefined
  readonly headers: Readonly<Record<string, string>>
}

export function createDispatcher<Host>(options: DispatcherOptions<Host>, matching: Matching = {}): Dispatcher<Host> {
  const { users, authorize, prefix = '' } = options
  const logger = unfailing(options.logger ?? processWarnings)
  const limiter = options.rateLimiter ?? memoryRateLimiter()
  const [first, ...others] = options.dialects
  const served = [servedBy(first), ...others.map(servedBy)] as const

  function servedBy(dialect: Dialect): Served {
    const routes = { ...dialect.routes, ...(options.openapi && { getOpenApi: openApiRoute(dialect) }) }
    return { dialect, findMatch: createMatcher(routes, matching), headers: { 'X-Rollbook-Dialect': dialect.name } }
  }

  /** The order matters: nothing of a request is read before its caller is known. */
  async function answerIn({ dialect, headers }: Served, call: HttpCall<Host>, match: Match): Promise<HttpReply> {
    // The rate-limit headers are added here, so that every reply after the count has them, errors included.
    let replyHeaders = headers
    try {
      // Node drops the body of an answer to HEAD.
      const found = match.byMethod.get(call.method === 'HEAD' ? 'GET' : call.method)
      const authorization = await authorized(authorize, asked(call, match, found), logger)
      if (!authorization) throw unauthorized(call, found)
      if (!found) throw notAllowed(match)
      const { operation, route } = found
      requireScope(authorization, route)
      if (route.isLimited) {
        replyHeaders = {
          ...replyHeaders,
          ...(await rateLimited(limiter, operation, authorization.caller.actor, logger)),
        }
      }
      const params = wellEncoded(match)
      const query = queryFields(call.query, route.query ?? [], dialect.ignoredParameters)
      const readsBody = route.body !== undefined && (route.readsBody?.(params) ?? true)
      const input = route.input({ params, query, body: readsBody ? await bodyFields(call) : noFields })
      // A read leaves no entry that would name the caller.
      const by = route.method === 'GET' ? undefined : callOptions(call, authorization)
      const result = await route.run(users, input, by)
      return reply(route.status, route.output(result), replyHeaders)
    } catch (error) {
      return errorReply(dialect, error, replyHeaders, logger)
    }
  }

  return {
    places: placesOf(options),
    answer(call) {
      if (!call.path.startsWith(`${prefix}/`)) return undefined
      const one = dialectOf(served, call)
      const match = one.findMatch(call.path.slice(prefix.length))
      return match && answerIn(one, call, match)
    },
    answerAlone(call, error) {
      const { dialect, headers } = dialectOf(served, call)
      return error === undefined
        ? reply(404, dialect.notFoundBody, headers)
        : unexpectedReply(dialect, error, headers, logger)
    },
  }
}

/** Chooses the dialect that a call is answered in: the first, as long as a request cannot name one. */
function dialectOf([first]: readonly [Served, ...Served[]], _call: HttpCall): Served {
  return first
}

function placesOf({ dialects, openapi }: DispatcherOptions<never>): string[] {
  const paths = dialects.flatMap(({ routes }) => Object.values(routes).map(({ path }) => path))
  const roots = paths.map((path) => `/${path.split('/')[1]}`)
  return [...new Set(roots.flatMap((root) => [root, `${root}/*`])), ...(openapi ? ['/openapi.json'] : [])]
}

function asked<Host>({ method, headers, ip, host }: HttpCall<Host>, { params }: Match, found?: Found) {
  const userId = params.get('userId')
  return { method, headers, ip, host, ...(found && { operation: found.operation }), ...(userId && { userId }) }
}

// A preflight carries no credentials, so no caller can be let in: CORS is up to the app, in front of this router.
const preflightHint =
  'A CORS preflight carries no key: put a CORS handler in front of this router, see docs/security.md#cors'

function isPreflight({ method, headers }: HttpCall): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined
}

function unauthorized(call: HttpCall, found?: Found): HttpError {
  const headers = { 'WWW-Authenticate': 'Bearer' }
  if (isPreflight(call)) return new HttpError('unauthorized', preflightHint, headers)
  const scope = found?.route.scope ?? 'users.read'
  return new HttpError('unauthorized', `This needs a key or a session with the scope ${scope}`, headers, { scope })
}

function requireScope({ scopes, caller: { actor } }: Authorization, { scope }: Route): void {
  if (scopes.includes(scope)) return
  throw new HttpError('missing-scope', `${actor} lacks the scope ${scope}`, {}, { scope, actor })
}

function notAllowed({ byMethod }: Match): HttpError {
  const methods = [...byMethod.keys()].flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
  return new HttpError('method-not-allowed', `Use ${methods.join(', ')} here`, { Allow: methods.join(', ') })
}

function wellEncoded({ params }: Match): Record<string, string> {
  const values: Record<string, string> = {}
  for (const [name, value] of params) {
    if (value === undefined) throw invalid(name, 'must be percent-encoded UTF-8')
    values[name] = value
  }
  return values
}

function callOptions(call: HttpCall, { caller }: Authorization): CallOptions {
  const { actor, ip = call.ip, userAgent = call.headers['user-agent'] } = caller
  return { by: { actor, ...(ip !== undefined && { ip }), ...(userAgent !== undefined && { userAgent }) } }
}
