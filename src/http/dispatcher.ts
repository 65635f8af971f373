import { invalid } from '../domain/input.js'
import { processWarnings, unfailing } from '../ports/logger.js'
import type { CallOptions } from '../service/users-service.js'
import { type Authorization, authorized } from './authorization.js'
import { bodyFields } from './body.js'
import type { HttpCall, HttpReply } from './call.js'
import { documentedRoutes } from './dialects/classic/routes.js'
import { errorReply } from './error-reply.js'
import { noFields } from './fields.js'
import { createMatcher, type Found, type Match, type Matching } from './matcher.js'
import { openApiRoute } from './openapi/openapi-route.js'
import { checkHttpOptions, type UsersHttpOptions } from './options.js'
import { queryFields } from './query.js'
import { memoryRateLimiter, rateLimited } from './rate-limit.js'
import { HttpError } from './refusal.js'
import { reply } from './reply.js'
import type { Route } from './route.js'

/**
 * Returns requests: `undefined` for a path that is not ours.
 *
 * @throws {UnexpectedError} for what no client may see.
 */
export type Dispatch<Host> = (call: HttpCall<Host>) => Promise<HttpReply> | undefined

/** @throws {InvalidOptionsError} */
export function createDispatcher<Host>(
  mount: string,
  options: UsersHttpOptions<Host>,
  matching: Matching = {},
): Dispatch<Host> {
  checkHttpOptions(mount, options)
  const { users, authorize, prefix = '' } = options
  const logger = unfailing(options.logger ?? processWarnings)
  const routes = { ...documentedRoutes, ...(options.openapi && { getOpenApi: openApiRoute }) }
  const findMatch = createMatcher(routes, matching)
  const limiter = options.rateLimiter ?? memoryRateLimiter()

  /** The order is the point: nothing of a request is read before it is known who sent it. */
  async function answer(call: HttpCall<Host>, match: Match): Promise<HttpReply> {
    // Told on every answer of a limited route, also on an error that comes after the count.
    let limitHeaders: Record<string, string> = {}
    try {
      // Node leaves the body out when it answers HEAD.
      const found = match.byMethod.get(call.method === 'HEAD' ? 'GET' : call.method)
      const authorization = await authorized(authorize, asked(call, match, found), logger)
      if (!authorization) throw unauthorized(call, found)
      if (!found) throw notAllowed(match)
      const { operation, route } = found
      requireScope(authorization, route)
      if (route.isLimited) limitHeaders = await rateLimited(limiter, operation, authorization.caller.actor, logger)
      const params = wellEncoded(match)
      const query = queryFields(call.query, route.query ?? [])
      const readsBody = route.body !== undefined && (route.readsBody?.(params) ?? true)
      const input = route.input({ params, query, body: readsBody ? await bodyFields(call) : noFields })
      // What only reads leaves no entry of who did it.
      const by = route.method === 'GET' ? undefined : callOptions(call, authorization)
      const result = await route.run(users, input, by)
      return reply(route.status, route.output(result), limitHeaders)
    } catch (error) {
      return errorReply(error, limitHeaders, logger)
    }
  }

  return (call) => {
    if (!call.path.startsWith(`${prefix}/`)) return undefined
    const match = findMatch(call.path.slice(prefix.length))
    return match && answer(call, match)
  }
}

function asked<Host>({ method, headers, ip, host }: HttpCall<Host>, { params }: Match, found?: Found) {
  const userId = params.get('userId')
  return { method, headers, ip, host, ...(found && { operation: found.operation }), ...(userId && { userId }) }
}

// A browser sends no credentials with a preflight, so it can be nobody's: CORS is the app's to answer, in front of us.
const preflightHint =
  'A CORS preflight carries no key: put a CORS handler in front of this router, see docs/security.md#cors'

function isPreflight({ method, headers }: HttpCall): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined
}

function unauthorized(call: HttpCall, found?: Found): HttpError {
  const guest = `Guest (role: guest) missing scope (${found?.route.scope ?? 'users.read'})`
  const message = isPreflight(call) ? preflightHint : guest
  return new HttpError('unauthorized', message, { 'WWW-Authenticate': 'Bearer' })
}

function requireScope({ scopes, caller }: Authorization, { scope }: Route): void {
  if (scopes.includes(scope)) return
  throw new HttpError('missing-scope', `${caller.actor} (role: application) missing scope (${scope})`)
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
