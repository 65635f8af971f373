import type { IncomingHttpHeaders } from 'node:http'
import type { Caller } from '../domain/caller.js'
import type { Operation } from './documented-routes.js'

/** What a caller may do: read users, or change them. */
export type Scope = 'users.read' | 'users.write'

/** Who calls, and what they may do. */
export interface Authorization {
  /** `actor` names the caller in activity entries and rate limits. Ip and user agent are the request's if absent. */
  readonly caller: Caller & { readonly actor: string }
  readonly scopes: readonly Scope[]
}

/** What `authorize` may decide on. */
export interface AuthorizeRequest<Host = unknown> {
  /** Absent when the path is known and the method is not. */
  readonly operation?: Operation
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

const patienceMs = 10_000

/**
 * Asks the host's `authorize`, and takes nothing for a yes but the documented answer.
 *
 * @throws when `authorize` throws, or does not answer within 10 seconds.
 */
export async function authorized<Host>(
  authorize: Authorize<Host>,
  request: AuthorizeRequest<Host>,
): Promise<Authorization | undefined> {
  const answer: unknown = await withPatience(authorize(request))
  return isAuthorization(answer) ? answer : undefined
}

function isAuthorization(answer: unknown): answer is Authorization {
  if (typeof answer !== 'object' || answer === null || !('caller' in answer) || !('scopes' in answer)) return false
  const { caller, scopes } = answer
  if (typeof caller !== 'object' || caller === null || !('actor' in caller) || !Array.isArray(scopes)) return false
  return typeof caller.actor === 'string' && caller.actor !== ''
}

async function withPatience<T>(answer: T | Promise<T>): Promise<T> {
  if (!(answer instanceof Promise)) return answer
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`authorize did not answer within ${patienceMs} ms`)), patienceMs)
  })
  try {
    return await Promise.race([answer, tooLate])
  } finally {
    clearTimeout(timer)
  }
}
