import * as v from 'valibot'
import { keyOfEmail } from './email.js'
import { limits } from './limits.js'
import type { Prefs } from './prefs.js'
import { searchText } from './search-text.js'
import { lineOfText } from './text.js'

/** Only an active user can hold a session. */
export type UserStatus = 'disabled' | 'active' | 'blocked'

/** A user, as the service returns it. It contains no secret at any depth. */
export interface User {
  readonly id: string
  /** As typed. Unique, ignoring letter case. */
  readonly email: string
  readonly emailVerified: boolean
  /** `''` when the user has none. */
  readonly name: string
  readonly status: UserStatus
  readonly prefs: Prefs
  /** Whether the user can sign in by password. */
  readonly hasPassword: boolean
  readonly passwordUpdatedAt?: Date
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** A user, as a storage keeps it, with the parts that never leave the core. */
export interface UserRecord {
  readonly id: string
  readonly email: string
  /** Unique among users. */
  readonly emailKey: string
  readonly emailVerified: boolean
  readonly name: string
  readonly status: UserStatus
  readonly prefs: Prefs
  readonly passwordHash: string | undefined
  readonly passwordUpdatedAt: Date | undefined
  readonly createdAt: Date
  readonly updatedAt: Date
  /** The text that searches look in: folded, so that a storage only has to find a substring. */
  readonly searchText: string
  /** Grows by one with each replacement. */
  readonly version: number
  /**
   * Grows with a block, a new password and the end of all sessions. A session of an older epoch is dead, even one still
   * being started.
   */
  readonly sessionEpoch: number
}

// As an object, so that the compiler asks for each status.
const statuses: { readonly [Status in UserStatus]: Status } = {
  disabled: 'disabled',
  active: 'active',
  blocked: 'blocked',
}
export const userStatuses: readonly UserStatus[] = Object.values(statuses)
export const statusSchema = v.picklist(userStatuses, 'must be disabled, active or blocked')
export const nameSchema = lineOfText(limits.nameLength)

/** Converts a stored user, without what must not leave the core. */
export function toUser(record: UserRecord): User {
  const { id, email, emailVerified, name, status, prefs, createdAt, updatedAt } = record
  return {
    id,
    email,
    emailVerified,
    name,
    status,
    prefs,
    hasPassword: record.passwordHash !== undefined,
    ...(record.passwordUpdatedAt && { passwordUpdatedAt: record.passwordUpdatedAt }),
    createdAt,
    updatedAt,
  }
}

/** Fills in the fields of a user that are derived from others. */
export function withDerived(record: Omit<UserRecord, 'emailKey' | 'searchText'>): UserRecord {
  return { ...record, emailKey: keyOfEmail(record.email), searchText: searchText(record) }
}

/**
 * Returns the next epoch. After the largest number that every storage can keep, it starts over: a larger one would
 * round to its predecessor, and sessions that should end would live on.
 */
export function nextEpoch(sessionEpoch: number): number {
  return sessionEpoch < Number.MAX_SAFE_INTEGER ? sessionEpoch + 1 : 1
}

/** Returns the next version of a user. `updatedAt` never goes back, even if the clock does. */
export function revised(record: UserRecord, change: Partial<UserRecord>, now: Date): UserRecord {
  const updatedAt = now > record.updatedAt ? now : record.updatedAt
  const next = { ...record, ...change, updatedAt, version: record.version + 1 }
  // Always: the record may have been read before a storage folded it again.
  return change.email === undefined ? { ...next, searchText: searchText(next) } : withDerived(next)
}
