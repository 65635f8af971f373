import { hash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import * as v from 'valibot'
import { isCaller } from '../domain/caller.js'
import { checkedOptions, type SchemaOf } from '../domain/options.js'
import { InvalidOptionsError } from '../errors/index.js'
import type { Authorization, Authorize } from './authorization.js'
import { dialects } from './dialects/index.js'
import { bearerOf } from './node-request.js'
import { scopes as allScopes, type Scope } from './scope.js'

/** A key, and what it may do. */
export interface ApiKey {
  readonly key: string
  /** Names the key in activity entries: the first 8 digits of its SHA-256 when absent. */
  readonly name?: string | undefined
  /** All scopes when absent. */
  readonly scopes?: readonly Scope[] | undefined
}

/**
 * The ready-made `authorize`: lets in a request with one of the keys, in the header that a dialect reserves for it (such
 * as `X-Appwrite-Key`) or as `Authorization: Bearer`. A key in the URL is ignored. The oldest SDKs lower-case what they
 * send, so use keys without capitals: {@link generateApiKey} makes such keys.
 *
 * ```ts
 * const authorize = apiKeys([{ key: generateApiKey(), name: 'dashboard', scopes: ['users.read'] }])
 * ```
 *
 * @throws {InvalidOptionsError} when there is no key, when one cannot be a key, or when a scope is unknown.
 */
export function apiKeys(keys: readonly (string | ApiKey)[]): Authorize {
  if (!Array.isArray(keys) || keys.length === 0) throw new InvalidOptionsError('apiKeys: give at least one key')
  const known = keys.map((entry: unknown, index) => {
    const fields: unknown = typeof entry === 'string' ? { key: entry } : Object(entry)
    const { key, name, scopes = allScopes } = checkedOptions(`apiKeys: key ${index + 1}`, keySchema, fields)
    const digest = sha256(key)
    const actor = name ?? `key:${digest.slice(0, 8)}`
    const authorization: Authorization = { caller: { actor }, scopes }
    return { digest: Buffer.from(digest), authorization }
  })
  // Every request writes to it: allocating one costs more than the digest.
  const sentDigest = Buffer.from(sha256(''))
  return ({ headers }) => {
    const sent = sentKey(headers)
    if (sent === undefined) return undefined
    sentDigest.write(sha256(sent))
    // All keys, always, so that the time does not reveal which one matched, or how much of it. Digests have one length.
    const matches = known.filter((entry) => timingSafeEqual(entry.digest, sentDigest))
    return matches[0]?.authorization
  }
}

/** Creates a key of 256 random bits, in lower case. */
export function generateApiKey(): string {
  return randomBytes(32).toString('hex')
}

// In lower case, as Node has them.
const keyHeaders = [...new Set(dialects.map(({ keyHeader }) => keyHeader.toLowerCase()))]

const keySchema = v.strictObject({
  key: v.custom<string>(
    (value) => typeof value === 'string' && /^[\x21-\x7e]+$/.test(value),
    'must be printable ASCII without spaces, and not empty',
  ),
  name: v.optional(v.custom<string>(isName, 'must be 1 to 128 characters on one line')),
  scopes: v.optional(
    v.array(
      v.picklist(allScopes, ({ received }) => `is ${received}, which is not a scope (known: ${allScopes.join(', ')})`),
      'must be a list of scopes',
    ),
  ),
} satisfies SchemaOf<ApiKey>)

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && isCaller({ actor: value })
}

function sentKey(headers: IncomingHttpHeaders): string | undefined {
  for (const name of keyHeaders) {
    const key = headers[name]
    if (typeof key === 'string' && key !== '') return key
  }
  return bearerOf(headers)
}

function sha256(text: string): string {
  return hash('sha256', text, 'hex')
}
