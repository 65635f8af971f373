import type { Activity } from '../domain/activity.js'
import type { Page, UserOrder } from '../domain/page.js'
import type { SessionRecord } from '../domain/session.js'
import type { UserRecord } from '../domain/user.js'

/**
 * What the core needs of a storage: reads, and one atomic `commit`.
 *
 * A storage has no rules: it stores whole records, finds them again, and checks the conditions of a change. Records
 * are values, copied in and out. Positions (`next`, `after`) are decimal row numbers, as text; those of tombstones are
 * their ids.
 *
 * Any method may throw `StorageConflict('busy')` when another writer was in the way: the core tries again. It throws
 * other driver errors as `StorageFailedError`, with the driver's error as the cause.
 */
export interface UsersStorage {
  /** Finds the user with this id, or with this key of an email; `undefined` when there is none. */
  findUser(by: UserKey): Promise<UserRecord | undefined>
  /** Lists users in the order of registration, or in its reverse. */
  listUsers(query: UserQuery): Promise<Page<UserRecord>>
  /** Finds a session and its user in one consistent look. */
  findSession(secretHash: string): Promise<{ session: SessionRecord; user: UserRecord } | undefined>
  /** Lists the sessions that are alive, newest first. */
  listSessions(userId: string, range: SessionRange): Promise<Page<SessionRecord>>
  /** Lists a user's activity, newest first. */
  listActivity(userId: string, range: Range): Promise<Page<Activity>>
  /** Lists the sessions of all users in the order in which they were stored, dead and expired ones too. */
  listAllSessions(walk: Walk): Promise<Page<SessionRecord>>
  /** Lists the activity of all users, and what is about nobody, in the order in which it was stored. */
  listAllActivity(walk: Walk): Promise<Page<Activity>>
  /** Lists what stays of deleted users, by their ids in the order of ASCII. */
  listTombstones(walk: Walk): Promise<Page<Tombstone>>
  /**
   * Applies every change, in order, or none.
   *
   * @throws {StorageConflict} when a condition of a change does not hold.
   */
  commit(changes: readonly Change[]): Promise<void>
  /** Does one small step of a sweep, of at most `request.limit` rows. */
  sweep(request: SweepRequest): Promise<SweepResult>
  /**
   * A storage inside a transaction of the host, which alone ends it: reads see what the transaction sees, and a commit
   * that is refused takes back its own changes and leaves the transaction usable. Absent where a storage cannot join one.
   *
   * @throws {InvalidOptionsError} when it is no transaction that this storage can join.
   */
  readonly inTransaction?: ((transaction: unknown) => UsersStorage) | undefined
  /**
   * Closes only what the storage itself opened. From then on every other method is refused, and nothing is changed any
   * more. May be called twice.
   */
  close(options?: CloseOptions): Promise<void>
}

/** How patiently a storage is closed. */
export interface CloseOptions {
  /** How long to wait for what is running before it is cut off. */
  readonly timeoutMs?: number | undefined
}

/** What a user is found by. */
export type UserKey = { readonly id: string } | { readonly emailKey: string }

/** A part of a list. */
export interface Range {
  readonly limit: number
  /** Items to skip, after `after` if there is one. */
  readonly offset: number
  readonly after?: string
  readonly total: 'none' | 'capped' | 'exact'
}

/** A part of a walk through everything of a kind. */
export interface Walk {
  readonly limit: number
  readonly after?: string
}

/** A part of the list of users. */
export interface UserQuery extends Range {
  /** Only users whose `searchText` contains this text, character by character. */
  readonly match?: string
  readonly order: UserOrder
}

/** Chooses the sessions that are alive. */
export interface SessionRange extends Range {
  readonly sessionEpoch: number
  /** Only sessions that expire later than this. */
  readonly expiresAfter: Date
  /** Only sessions that were used later than this. */
  readonly usedAfter?: Date
}

/** What stays of a deleted user: it reserves the id for ever and holds no personal data. */
export interface Tombstone {
  readonly id: string
  readonly deletedAt: Date
  readonly actor: string | undefined
}

/** A conditional write. The comment names the conflicts that a storage tells; the union is closed on purpose. */
export type Change =
  /** `id-taken`, also by a tombstone; `email-taken`. */
  | { readonly op: 'insertUser'; readonly user: UserRecord }
  /** `stale-user` when the version is another or the user is gone; `email-taken`. */
  | { readonly op: 'replaceUser'; readonly user: UserRecord; readonly expectedVersion: number }
  /** Removes the user, the sessions and the activity, and leaves the tombstone. `stale-user`. */
  | {
      readonly op: 'deleteUser'
      readonly userId: string
      readonly expectedVersion: number
      readonly tombstone: Tombstone
    }
  /** Reserves an id for ever, as the deletion of a user does. `id-taken`, by a user or another tombstone. */
  | { readonly op: 'insertTombstone'; readonly tombstone: Tombstone }
  /** `missing-user`; `id-taken` by another session. */
  | { readonly op: 'insertSession'; readonly session: SessionRecord }
  /** Does nothing when the session is gone or was used later. */
  | { readonly op: 'touchSession'; readonly sessionId: string; readonly usedAt: Date }
  /** Deletes all but the newest `keep` sessions of the user. */
  | { readonly op: 'keepNewestSessions'; readonly userId: string; readonly keep: number }
  /** `missing-session`, also when it is another user's. */
  | { readonly op: 'deleteSession'; readonly userId: string; readonly sessionId: string }
  | { readonly op: 'deleteSessions'; readonly userId: string }
  /** `missing-user` when the entry names a user who does not exist. */
  | { readonly op: 'appendActivity'; readonly activity: Activity }

/** One step of a sweep: what goes, and at most how many rows. */
export interface SweepRequest {
  /** Sessions that expire at this moment or earlier go. */
  readonly expiredAt: Date
  /** Activity before this moment goes. */
  readonly activityBefore?: Date
  readonly limit: number
}

/** How many rows a step deleted. */
export interface SweepResult {
  readonly sessions: number
  readonly activity: number
  /** Whether nothing is left to sweep. */
  readonly done: boolean
}
