import type { Activity } from '../../domain/activity.js'
import type { SessionRecord } from '../../domain/session.js'
import type { TokenRecord } from '../../domain/token.js'
import type { UserRecord } from '../../domain/user.js'
import type { Range, RecordKind, RecordOf, SessionRange, Tombstone, UserQuery } from '../../ports/storage.js'

const start = Date.UTC(2026, 0, 1)
const dayMs = 24 * 60 * 60 * 1000

/** A moment, in milliseconds from when the contract's world begins. */
export function at(milliseconds: number): Date {
  return new Date(start + milliseconds)
}

/** A user whose email and search text follow from id and name. */
export function aUserRecord(given: Partial<UserRecord> = {}): UserRecord {
  const { id = 'ann', name = '' } = given
  const { email = `${id}@example.com` } = given
  return {
    id,
    email,
    emailKey: email,
    emailVerified: false,
    name,
    status: 'active',
    prefs: {},
    passwordHash: undefined,
    passwordUpdatedAt: undefined,
    createdAt: at(0),
    updatedAt: at(0),
    searchText: `${name}\n${email}\n${id}`,
    version: 1,
    sessionEpoch: 1,
    ...given,
  }
}

/** Users `u0000`, `u0001` and so on, all of one millisecond. */
export function someUsers(count: number, first = 0): UserRecord[] {
  return Array.from({ length: count }, (_, index) => aUserRecord({ id: `u${String(first + index).padStart(4, '0')}` }))
}

/** A session of ann that is alive for a day. */
export function aSession(given: Partial<SessionRecord> = {}): SessionRecord {
  const { id = 's1' } = given
  return {
    id,
    userId: 'ann',
    secretHash: `hash of ${id}`,
    sessionEpoch: 1,
    createdAt: at(0),
    expiresAt: at(dayMs),
    usedAt: at(0),
    ip: undefined,
    userAgent: undefined,
    ...given,
  }
}

/** An entry, about nobody unless told otherwise. */
export function anEntry(given: Partial<Activity> = {}): Activity {
  return { id: 'e1', event: 'tea.made', at: at(0), ...given }
}

/** A token of ann that is good for a day, and bound to nothing. */
export function aToken(given: Partial<TokenRecord> = {}): TokenRecord {
  const { id = 't1' } = given
  return {
    id,
    userId: 'ann',
    purpose: 'invite',
    secretHash: `hash of ${id}`,
    sessionEpoch: undefined,
    email: undefined,
    triesLeft: undefined,
    actor: undefined,
    createdAt: at(0),
    expiresAt: at(dayMs),
    ...given,
  }
}

/** What stays of a user whom nobody in particular deleted. */
export function aTombstone(given: Partial<Tombstone> = {}): Tombstone {
  return { id: 'zoe', deletedAt: at(0), actor: undefined, ...given }
}

/** A record of each kind, with an id, and of a user where it is owned. */
export const aRecordOf: {
  readonly [Kind in RecordKind]: (given: { readonly id: string; readonly userId: string }) => RecordOf<Kind>
} = {
  users: ({ id }) => aUserRecord({ id }),
  sessions: aSession,
  tokens: aToken,
  activity: anEntry,
  tombstones: ({ id }) => aTombstone({ id }),
}

/** All users of one page, the oldest first. */
export function aQuery(given: Partial<UserQuery> = {}): UserQuery {
  return { ...aRange(), order: 'oldest-first', ...given }
}

/** The sessions of the first epoch that are alive when the contract's world begins. */
export function aSessionRange(given: Partial<SessionRange> = {}): SessionRange {
  return { ...aRange(), sessionEpoch: 1, expiresAfter: at(0), ...given }
}

export function aRange(given: Partial<Range> = {}): Range {
  return { limit: 100, offset: 0, total: 'none', ...given }
}
