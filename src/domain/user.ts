import * as v from 'valibot'
import { emailKey, emailSchema } from './email.js'
import { limits } from './limits.js'
import type { Prefs } from './prefs.js'
import { searchText } from './search-text.js'
import { lineOfText } from './text.js'

/** Only an active user can hold a session. */
export type UserStatus = 'disabled' | 'active' | 'blocked'

/** A user, as the service shows it. There is no secret in it, at any depth. */
export interface User {
  readonly id: string
  /** As it was typed; its uniqueness ignores letter case. */
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

/** A user, as a storage keeps it: whole, with the parts that never leave the core. */
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
  /** What a search looks into: folded, so that a storage only has to find a substring. */
  readonly searchText: string
  /** Grows by one with each replacement. */
  readonly version: number
  /**
   * Grows with a block, a new password and the end of all sessions: a session of an older epoch is dead, even one that is
   * just being started.
   */
  readonly sessionEpoch: number
}

export const userStatuses = ['disabled', 'active', 'blocked'] as const satisfies readonly UserStatus[]
export const statusSchema = v.picklist(userStatuses, 'must be disabled, active or blocked')
export const nameSchema = lineOfText(limits.nameLength)
export { emailSchema }

/** Shows a stored user, without what must not leave the core. */
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

/** Fills in what follows from other fields of a user. */
export function withDerived(record: Omit<UserRecord, 'emailKey' | 'searchText'>): UserRecord {
  return { ...record, emailKey: emailKey(record.email) ?? record.email, searchText: searchText(record) }
}

/**
 * The epoch after this one. Behind the largest number that every storage keeps comes the first one again: a larger one
 * would no longer differ from the one before it, and what was to die would live on.
 */
export function nextEpoch(sessionEpoch: number): number {
  return sessionEpoch < Number.MAX_SAFE_INTEGER ? sessionEpoch + 1 : 1
}

/** The next version of a user. A clock that went back never makes `updatedAt` go back. */
export function revised(record: UserRecord, change: Partial<UserRecord>, now: Date): UserRecord {
  const updatedAt = now > record.updatedAt ? now : record.updatedAt
  const next = { ...record, ...change, updatedAt, version: record.version + 1 }
  // Always: the record may have been read before a storage folded it anew.
  return change.email === undefined ? { ...next, searchText: searchText(next) } : withDerived(next)
}
