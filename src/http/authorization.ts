import type { IncomingHttpHeaders } from 'node:http'
import { type Caller, isCaller } from '../domain/caller.js'
import { cleanLine } from '../domain/text.js'
import type { Logger } from '../ports/logger.js'
import { inTime } from './in-time.js'
import type { RouteName } from './route.js'
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

const answerFields = ['caller', 'scopes'] as const
const callerFields = ['actor', 'ip', 'userAgent'] as const

/**
 * Reads what a host's `authorize` answered: a copy of the documented answer, `undefined` for a plain no, and for
 * anything else what is wrong with it, for the host's log. Hosts are not all typed, and what they have at hand when they
 * mean no (an error, a decision with `allowed: false`) often has a caller and scopes too, or inherits them.
 */
export function authorizationIn(answer: unknown): Authorization | undefined | string {
  if (!answer) return undefined
  const fields = ownFields(answer, answerFields)
  if (typeof fields === 'string') return `the answer ${fields}`
  const [givenCaller, scopes] = fields
  const named = ownFields(givenCaller, callerFields)
  if (typeof named === 'string') return `caller ${named}`
  const [actor, ip, userAgent] = named
  // All three are fields of its own, so that none comes from what somebody has put on `Object.prototype`.
  const caller: unknown = { actor, ip, userAgent }
  if (!isNamed(caller))
    return 'caller must have an actor of 1 to 128 characters on one line; ip and userAgent are texts'
  if (!Array.isArray(scopes)) return 'scopes is no list'
  // By index, since a list of a host's own class may answer `includes` as it likes.
  const copied: Scope[] = []
  for (let index = 0; index < scopes.length; index++) copied.push(scopes[index])
  return { caller, scopes: copied }
}

function isNamed(caller: unknown): caller is Caller & { readonly actor: string } {
  return isCaller(caller) && Boolean(caller.actor)
}

/** The fields of a plain object, in order, or why it is none. Each is read once, and no getter is run. */
function ownFields(value: unknown, known: readonly string[]): readonly unknown[] | string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'is no object'
  const prototype: unknown = Object.getPrototypeOf(value)
  // `Object.prototype`, also that of another realm (a `vm`, a test runner), is what has no prototype itself.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return 'is no plain object'
  const fields: unknown[] = []
  let read = 0
  for (const name of known) {
    const field = Object.getOwnPropertyDescriptor(value, name)
    if (field && !(field.enumerable && 'value' in field)) return `has ${name} as something else than a plain field`
    if (field) read++
    fields.push(field?.value)
  }
  // Names alone: to look for symbols costs more than all the rest, and says nothing that a host could mean a no by.
  const names = Object.getOwnPropertyNames(value)
  if (names.length === read) return fields
  const unknown = names.find((name) => !known.includes(name)) ?? ''
  return `has an unknown field ${cleanLine(unknown, 64)}: ${known.join(', ')} are known`
}
