import { type Caller, isCaller } from '../domain/caller.js'
import { cleanLine } from '../domain/text.js'
import type { Authorization } from './authorization.js'
import type { Scope } from './scope.js'

type Fields = Readonly<Record<string, unknown>>

/**
 * Reads what a host's `authorize` answered: a copy of the documented answer, `undefined` for a plain no, and for
 * anything else what is wrong with it, for the host's log. Hosts are not all typed, and what they have at hand when they
 * mean no (an error, a decision with `allowed: false`) often has a caller and scopes too, or inherits them.
 */
export function authorizationIn(answer: unknown): Authorization | undefined | string {
  if (!answer) return undefined
  const fields = ownFields(answer, ['caller', 'scopes'])
  if (typeof fields === 'string') return `the answer ${fields}`
  const caller = ownFields(fields['caller'], ['actor', 'ip', 'userAgent'])
  if (typeof caller === 'string') return `caller ${caller}`
  if (!isNamed(caller))
    return 'caller must have an actor of 1 to 128 characters on one line; ip and userAgent are texts'
  const { scopes } = fields
  if (!Array.isArray(scopes)) return 'scopes is no list'
  // By index, since a list of a host's own class may answer `includes` as it likes.
  const copied: Scope[] = []
  for (let index = 0; index < scopes.length; index++) copied.push(scopes[index])
  return { caller, scopes: copied }
}

function isNamed(caller: unknown): caller is Caller & { readonly actor: string } {
  return isCaller(caller) && Boolean(caller.actor)
}

/** Copies the fields of a plain object, or says why it is none. Each is read once, and no getter is run. */
function ownFields(value: unknown, known: readonly string[]): Fields | string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'is no object'
  const prototype: unknown = Object.getPrototypeOf(value)
  // `Object.prototype`, also that of another realm (a `vm`, a test runner), is what has no prototype itself.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return 'is no plain object'
  // Without a prototype, so that what somebody has put on `Object.prototype` is not among them either.
  const fields: Record<string, unknown> = Object.create(null)
  for (const key of Reflect.ownKeys(value)) {
    const name = String(key)
    if (typeof key === 'symbol' || !known.includes(name)) {
      return `has an unknown field ${cleanLine(name, 64)}: ${known.join(', ')} are known`
    }
    const field = Object.getOwnPropertyDescriptor(value, key)
    if (!field?.enumerable || !('value' in field)) return `has ${name} as something else than a plain field`
    fields[name] = field.value
  }
  return fields
}
