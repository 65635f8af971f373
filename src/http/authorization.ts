import type { IncomingHttpHeaders } from 'node:http'
import type { Caller } from '../domain/caller.js'
import type { Logger } from '../ports/logger.js'
import { authorizationIn } from './authorize-answer.js'
import type { RouteName } from './dialects/classic/routes.js'
import { inTime } from './in-time.js'
import type { Scope } from './scope.js'

/** Who calls, and what they may do. */
export interface Authorization {
  /** `actor` names the caller in activity entries and rate limits. Ip and user agent are the request's if absent. */
  readonly caller: Caller & { readonly actor: string }
  readonly scopes: readonly Scope[]
}

/** What `authorize` may decide on. */
export interface AuthorizeRequest<Host = unknown> {
  /** `getOpenApi` is the OpenAPI document's. Absent when the path is known and the method is not. */
  readonly operation?: RouteName
  readonly method: string
  /** The user in the path, if there is one. */
  readonly userId?: string
  readonly headers: IncomingHttpHeaders
  readonly ip: string | undefined
  /** The framework's own request. */
  readonly host: Host
}

/**
 * Decides on each request, before its body is read. Everything but an {@link Authorization}, as plain objects that have
 * these fields themselves and no others, is a refusal; what it throws is an error of the host, and nobody gets in.
 */
export type Authorize<Host = unknown> = (
  request: AuthorizeRequest<Host>,
) => Authorization | undefined | Promise<Authorization | undefined>

/**
 * Asks the host's `authorize`, and takes nothing for a yes but the documented answer.
 *
 * @throws when `authorize` throws, or does not answer in time: an error of the host, whatever its class.
 */
export async function authorized<Host>(
  authorize: Authorize<Host>,
  request: AuthorizeRequest<Host>,
  logger: Logger,
): Promise<Authorization | undefined> {
  let answer: unknown
  try {
    answer = await inTime('authorize', authorize(request))
  } catch (cause) {
    throw new Error(`authorize failed: ${cause instanceof Error ? cause.message : 'it threw no error'}`, { cause })
  }
  const found = authorizationIn(answer)
  if (typeof found !== 'string') return found
  logger.warn(
    { operation: request.operation, why: found },
    'rollbook: authorize answered no { caller, scopes }: refused',
  )
  return undefined
}
