import { hash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { isCaller } from '../domain/caller.js'
import { InvalidOptionsError } from '../errors/index.js'
import type { Authorization, Authorize } from './authorization.js'
import { bearerOf } from './bearer.js'
import { scopes as allScopes, type Scope } from './scope.js'

/** A key, and what it may do. */
export interface ApiKey {
  readonly key: string
  /** Names the key in activity entries: the first 8 digits of its SHA-256 when absent. */
  readonly name?: string | undefined
  /** Both scopes when absent. */
  readonly scopes?: readonly Scope[] | undefined
}

/**
 * The ready-made `authorize`: lets in whoever sends one of the keys, as `X-Appwrite-Key` or as `Authorization: Bearer`.
 * A key in the URL is not looked at. The oldest SDKs lower-case what they send, so use keys without capitals:
 * {@link generateApiKey} makes such ones.
 *
 * ```ts
 * const authorize = apiKeys([{ key: generateApiKey(), name: 'dashboard', scopes: ['users.read'] }])
 * ```
 *
 * @throws {InvalidOptionsError} when there is no key, or an empty one.
 */
export function apiKeys(keys: readonly (string | ApiKey)[]): Authorize {
  if (!Array.isArray(keys) || keys.length === 0) throw new InvalidOptionsError('apiKeys: give at least one key')
  const known = keys.map((entry, index) => {
    const { key, name, scopes = allScopes } = checkedKey(entry, index + 1)
    const digest = sha256(key)
    const actor = name ?? `key:${digest.slice(0, 8)}`
    const authorization: Authorization = { caller: { actor }, scopes }
    return { digest: Buffer.from(digest), authorization }
  })
  // Written to by every request: to make one costs more than the digest.
  const sentDigest = Buffer.from(sha256(''))
  return ({ headers }) => {
    const sent = sentKey(headers)
    if (sent === undefined) return undefined
    sentDigest.write(sha256(sent))
    // All keys, always: the time tells neither which one matched nor how much of it. Digests are of one length.
    const matches = known.filter((entry) => timingSafeEqual(entry.digest, sentDigest))
    return matches[0]?.authorization
  }
}

/** Creates a key of 256 random bits, in lower case. */
export function generateApiKey(): string {
  return randomBytes(32).toString('hex')
}

function checkedKey(entry: unknown, place: number): ApiKey {
  const refuse = (why: string) => new InvalidOptionsError(`apiKeys: key ${place} ${why}`)
  const fields: Record<string, unknown> = typeof entry === 'string' ? { key: entry } : { ...Object(entry) }
  const { key, name, scopes, ...unknown } = fields
  const [typo] = Object.keys(unknown)
  if (typo !== undefined) throw refuse(`has an unknown field ${typo}: key, name and scopes are known`)
  if (typeof key !== 'string' || !/^[\x21-\x7e]+$/.test(key)) {
    throw refuse('must be printable ASCII without spaces, and not empty')
  }
  if (name !== undefined && (name === '' || !isCaller({ actor: name }))) {
    throw refuse('must have a name of 1 to 128 characters on one line')
  }
  const isKnown = (scope: unknown) => allScopes.some((one) => one === scope)
  if (scopes !== undefined && !(Array.isArray(scopes) && scopes.every(isKnown))) {
    throw refuse(`must have scopes out of ${allScopes.join(', ')}`)
  }
  // Checked above, field by field.
  return fields as unknown as ApiKey
}

function sentKey(headers: IncomingHttpHeaders): string | undefined {
  const key = headers['x-appwrite-key']
  if (typeof key === 'string' && key !== '') return key
  return bearerOf(headers)
}

function sha256(text: string): string {
  return hash('sha256', text, 'hex')
}
