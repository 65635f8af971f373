import type { IncomingHttpHeaders } from 'node:http'
import { type Caller, isCaller } from '../domain/caller.js'
import { cleanLine } from '../domain/text.js'
import type { Logger } from '../ports/logger.js'
import { inTime } from './in-time.js'
import type { RouteName } from './route.js'
import type { Scope } from './scope.js'

/** Who calls, and what they may do. */
export interface Authorization {
  /** `actor` names the caller in activity entries and rate limits. `ip` and `userAgent` default to the request's. */
  readonly caller: Caller & { readonly actor: string }
  readonly scopes: readonly Scope[]
}

/** What `authorize` may decide on. */
export interface AuthorizeRequest<Host = unknown> {
  /** `getOpenApi` for the OpenAPI document. Absent when the path has no such method. */
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
 * Decides on each request, before its body is read. Only an {@link Authorization} made of plain objects, with exactly
 * these fields, lets a caller in. Anything else refuses it. What it throws is an error of the host's.
 */
export type Authorize<Host = unknown> = (
  request: AuthorizeRequest<Host>,
) => Authorization | undefined | Promise<Authorization | undefined>

/**
 * Asks the host's `authorize`; nothing but an {@link Authorization} lets a caller in.
 *
 * @throws when `authorize` throws, or takes too long: an error of the host's, whatever its class.
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
    throw new Error(
      `authorize failed: ${cause instanceof Error ? cause.message : 'it threw something that is not an Error'}`,
      { cause },
    )
  }
  const found = authorizationIn(answer)
  if (typeof found !== 'string') return found
  logger.warn(
    { operation: request.operation, why: found },
    'rollbook: authorize did not return { caller, scopes }; the request was refused',
  )
  return undefined
}

const answerFields = ['caller', 'scopes'] as const
const callerFields = ['actor', 'ip', 'userAgent'] as const

/**
 * Reads what a host's `authorize` returned: returns a copy of an authorization, `undefined` for a falsy value, and otherwise
 * what is wrong with it, for the host's log. Not every host is typed, and what it returns for a refusal (an error, a
 * decision with `allowed: false`) often has a caller and scopes too, or inherits them.
 */
export function authorizationIn(answer: unknown): Authorization | undefined | string {
  if (!answer) return undefined
  const fields = ownFields(answer, answerFields)
  if (typeof fields === 'string') return `the answer ${fields}`
  const [givenCaller, scopes] = fields
  const named = ownFields(givenCaller, callerFields)
  if (typeof named === 'string') return `caller ${named}`
  const [actor, ip, userAgent] = named
  // All three are own fields, so that none is inherited from a polluted `Object.prototype`.
  const caller: unknown = { actor, ip, userAgent }
  if (!isNamed(caller))
    return 'caller must have an actor of 1 to 128 characters on one line; ip and userAgent must be strings'
  if (!Array.isArray(scopes)) return 'scopes is not an array'
  // Copied by index: a host's own subclass of Array may override `includes` and the iterator.
  const copied: Scope[] = []
  for (let index = 0; index < scopes.length; index++) copied.push(scopes[index])
  return { caller, scopes: copied }
}

function isNamed(caller: unknown): caller is Caller & { readonly actor: string } {
  return isCaller(caller) && Boolean(caller.actor)
}

/** The fields of a plain object in order, or why it is not one. Reads each once, and runs no getter. */
function ownFields(value: unknown, known: readonly string[]): readonly unknown[] | string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'is not an object'
  const prototype: unknown = Object.getPrototypeOf(value)
  // Only an `Object.prototype`, of this realm or another (a `vm`, a test runner), has no prototype itself.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return 'is not a plain object'
  const fields: unknown[] = []
  let read = 0
  for (const name of known) {
    const field = Object.getOwnPropertyDescriptor(value, name)
    if (field && !(field.enumerable && 'value' in field)) return `has ${name} as something other than a plain field`
    if (field) read++
    fields.push(field?.value)
  }
  // Not symbols: looking for them costs more than all the rest, and no host refuses by one.
  const names = Object.getOwnPropertyNames(value)
  if (names.length === read) return fields
  const unknown = names.find((name) => !known.includes(name)) ?? ''
  return `has an unknown field ${cleanLine(unknown, 64)} (known: ${known.join(', ')})`
}
