import type { IncomingHttpHeaders } from 'node:http'
import { type Caller, isCaller } from '../domain/caller.js'
import type { Logger } from '../ports/logger.js'
import type { RouteName } from './documented-routes.js'
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
 * Decides on each request, before its body is read. Everything but an {@link Authorization} is a refusal; what it
 * throws is an error of the host, and nobody gets in.
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
  if (isAuthorization(answer)) return answer
  // A plain no is nothing to talk about; anything else is a mistake that its author wants to hear of.
  if (answer)
    logger.warn({ operation: request.operation }, 'rollbook: authorize answered no { caller, scopes }: refused')
  return undefined
}

function isAuthorization(answer: unknown): answer is Authorization {
  if (typeof answer !== 'object' || answer === null || !('caller' in answer) || !('scopes' in answer)) return false
  const { caller, scopes } = answer
  return isCaller(caller) && Boolean(caller.actor) && Array.isArray(scopes)
}
