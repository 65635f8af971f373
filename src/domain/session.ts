import { hash, randomBytes } from 'node:crypto'
import type { ClientInfo, Location } from './client-info.js'

/** A session, as the service returns it. Its secret was returned once, when it started. */
export interface Session {
  readonly id: string
  readonly userId: string
  readonly createdAt: Date
  /** The session ends at this moment, used or not. */
  readonly expiresAt: Date
  /** When it was last used. Updated only if `idleTimeoutMs` is set, to within a tenth of that time. */
  readonly usedAt: Date
  readonly ip?: string
  readonly userAgent?: string
}

/** A session with what its user agent and IP address reveal. */
export interface DescribedSession extends Session, ClientInfo {
  readonly location?: Location
}

/** A session, as a storage keeps it. */
export interface SessionRecord {
  readonly id: string
  readonly userId: string
  /** SHA-256 of the secret. Unique among sessions. */
  readonly secretHash: string
  /** The user's `sessionEpoch` when the credential was checked. The session is alive only while they are equal. */
  readonly sessionEpoch: number
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly usedAt: Date
  readonly ip: string | undefined
  readonly userAgent: string | undefined
}

/** Converts a stored session, without what must not leave the core. */
export function toSession(record: SessionRecord): Session {
  const { id, userId, createdAt, expiresAt, usedAt, ip, userAgent } = record
  return {
    id,
    userId,
    createdAt,
    expiresAt,
    usedAt,
    ...(ip !== undefined && { ip }),
    ...(userAgent !== undefined && { userAgent }),
  }
}

/** Generates a secret of 256 bits from the system's CSPRNG: 43 characters that are safe in a URL and a cookie. */
export function newSessionSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** Hashes a secret for storage. One round of SHA-256 is enough for 256 random bits, which nobody can guess. */
export function hashSessionSecret(secret: string): string {
  return hash('sha256', secret, 'base64url')
}

/** Returns whether a string can be a session secret. Any other need not be looked up. */
export function isSessionSecret(text: unknown): text is string {
  return typeof text === 'string' && /^[A-Za-z0-9_-]{43}$/.test(text)
}
