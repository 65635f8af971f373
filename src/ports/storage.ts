import type { Activity } from '../domain/activity.js'
import type { Page, UserOrder } from '../domain/page.js'
import type { SessionRecord } from '../domain/session.js'
import type { TokenRecord } from '../domain/token.js'
import type { UserRecord } from '../domain/user.js'

/**
 * What the core needs of a storage: reads, and one atomic `commit`.
 *
 * A storage has no rules: it stores whole records, finds them again, and checks the conditions of a change. Records
 * are values, copied in and out.
 *
 * Positions (`next`, `after`) are texts of the storage's own making: up to 256 characters of printable ASCII. The core
 * hands them on and never reads them, so a storage checks each that it is given: one that it cannot have made is an
 * `InvalidInputError` whose path is `after`.
 *
 * Any method may throw `StorageConflict('busy')` when another writer was in the way: the core tries again. It throws
 * other driver errors as `StorageFailedError`, with the driver's error as the cause.
 */
export interface UsersStorage extends StorageCapabilities {
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
  /**
   * Lists all records of a kind, also dead and expired ones, in the order in which they were stored; tombstones by their
   * ids, in the order of ASCII.
   */
  walk<Kind extends RecordKind>(kind: Kind, part: Walk): Promise<Page<RecordOf<Kind>>>
  /**
   * Applies every change, in order, or none.
   *
   * @throws {StorageConflict} when a condition of a change does not hold.
   */
  commit(changes: readonly Change[]): Promise<void>
  /** Does one small step of a sweep, of at most `request.limit` rows. */
  sweep(request: SweepRequest): Promise<SweepResult>
  /**
   * Closes only what the storage itself opened. From then on every other method is refused, and nothing is changed any
   * more. May be called twice.
   */
  close(options?: CloseOptions): Promise<void>
}

/**
 * What a storage may be able to do. All of it is optional, for the core has an answer of its own where one is missing
 * (`src/service/runtime/capabilities.ts`): a storage of one's own needs none.
 */
export interface StorageCapabilities {
  /**
   * Returns a storage inside a transaction of the host, which alone ends it: reads see what the transaction sees, and a
   * commit that is refused takes back its own changes and leaves the transaction usable.
   *
   * @throws {InvalidOptionsError} when it is no transaction that this storage can join.
   */
  readonly inTransaction?: ((transaction: unknown) => UsersStorage) | undefined
}

/** The record type of each kind. What the core knows of a kind beside its type is in `kinds.ts`. */
export interface RecordKinds {
  readonly users: UserRecord
  readonly sessions: SessionRecord
  readonly tokens: TokenRecord
  readonly activity: Activity
  readonly tombstones: Tombstone
}

/** A kind of record that a storage keeps. */
export type RecordKind = keyof RecordKinds

/** A record of this kind. */
export type RecordOf<Kind extends RecordKind> = RecordKinds[Kind]

/** A kind whose records belong to a user, by their `userId`, and are deleted with the user. */
export type OwnedKind = 'sessions' | 'tokens' | 'activity'

/** A kind of which a sweep deletes records. */
export type SweptKind = 'sessions' | 'tokens' | 'activity'

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
  /** Whether to count the whole list; `capped` stops at `limits.totalCap`, and the page says so. */
  readonly total: 'none' | 'capped' | 'exact'
}

/** A part of a walk through all records of a kind. */
export interface Walk {
  readonly limit: number
  /** The `next` of the part before; a walk without it begins at the first record. */
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

/** A conditional write. The comment above each names the conflicts that a storage reports; the union is closed on purpose. */
export type Change =
  /** `id-taken`, also by a tombstone; `email-taken`. */
  | { readonly op: 'insertUser'; readonly user: UserRecord }
  /** `stale-user` when the version is another or the user is gone; `email-taken`. */
  | { readonly op: 'replaceUser'; readonly user: UserRecord; readonly expectedVersion: number }
  /** Removes the user with all records that belong to them, and leaves the tombstone. `stale-user`. */
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
  /** `missing-user`; `id-taken` by another token, or when one has this hash of a secret already. */
  | { readonly op: 'insertToken'; readonly token: TokenRecord }
  /** Deletes a token, so that of two at once one succeeds. `missing-token`, also when it is another user's. */
  | { readonly op: 'redeemToken'; readonly userId: string; readonly tokenId: string }
  /** Deletes the tokens of a user, or those for one purpose. */
  | { readonly op: 'deleteTokens'; readonly userId: string; readonly purpose?: string | undefined }
  /** `missing-user` when the entry names a user who does not exist. */
  | { readonly op: 'appendActivity'; readonly activity: Activity }

/** One step of a sweep: what goes, and at most how many rows. */
export interface SweepRequest {
  /** Sessions and tokens that expire at this moment or earlier go. */
  readonly expiredAt: Date
  /** Activity before this moment goes. */
  readonly activityBefore?: Date
  readonly limit: number
}

/** How many rows a step deleted, and whether it was the last. */
export interface SweepResult {
  readonly deleted: Readonly<Record<SweptKind, number>>
  /** Whether nothing is left to sweep. */
  readonly done: boolean
}
