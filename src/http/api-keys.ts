import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { InvalidOptionsError } from '../errors.js'
import type { Authorization, Authorize, Scope } from './authorization.js'

/** A key, and what it may do. */
export interface ApiKey {
  readonly key: string
  /** Names the key in activity entries: the first 8 digits of its SHA-256 when absent. */
  readonly name?: string
  /** Both scopes when absent. */
  readonly scopes?: readonly Scope[]
}

/**
 * The ready-made `authorize`: lets in whoever sends one of the keys, as `X-Appwrite-Key` or as `Authorization: Bearer`.
 * A key in the URL is not looked at. The oldest SDKs lower-case what they send, so use keys without capitals:
 * {@link generateApiKey} makes such ones.
 *
 * @throws {InvalidOptionsError} when there is no key, or an empty one.
 */
export function apiKeys(keys: readonly (string | ApiKey)[]): Authorize {
  if (!Array.isArray(keys) || keys.length === 0) throw new InvalidOptionsError('apiKeys: give at least one key')
  const known = keys.map((entry, index) => {
    const { key, name, scopes }: ApiKey = typeof entry === 'string' ? { key: entry } : entry
    if (typeof key !== 'string' || !/^[\x21-\x7e]+$/.test(key)) {
      throw new InvalidOptionsError(`apiKeys: key ${index + 1} must be printable ASCII without spaces, and not empty`)
    }
    const digest = sha256(key)
    const actor = name ?? `key:${digest.toString('hex').slice(0, 8)}`
    const authorization: Authorization = { caller: { actor }, scopes: scopes ?? ['users.read', 'users.write'] }
    return { digest, authorization }
  })
  return ({ headers }) => {
    const sent = sentKey(headers)
    if (sent === undefined) return undefined
    const digest = sha256(sent)
    // All keys, always: the time tells neither which one matched nor how much of it. Digests are of one length.
    const matches = known.filter((entry) => timingSafeEqual(entry.digest, digest))
    return matches[0]?.authorization
  }
}

/** Makes a key of 256 random bits, in lower case. */
export function generateApiKey(): string {
  return randomBytes(32).toString('hex')
}

function sentKey(headers: IncomingHttpHeaders): string | undefined {
  const key = headers['x-appwrite-key']
  if (typeof key === 'string' && key !== '') return key
  return /^bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1]
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
