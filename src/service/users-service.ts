import type { Activity, DescribedActivity } from '../domain/activity.js'
import type { Caller } from '../domain/caller.js'
import type { JsonObject } from '../domain/json.js'
import type { Page, UserOrder } from '../domain/page.js'
import type { Prefs } from '../domain/prefs.js'
import type { DescribedSession, Session } from '../domain/session.js'
import type { User, UserStatus } from '../domain/user.js'
import type { SweptKind } from '../ports/storage.js'

/** The last argument of every operation. */
export interface CallOptions {
  /** Who acts, and from where, for the activity entry. By default unknown. */
  readonly by?: Caller | undefined
  /**
   * Aborts the call: its promise rejects at once with the signal's reason, whatever it is waiting for. Nothing more is
   * started; what was already sent to the storage may still be committed, and commits stay. One signal may serve any
   * number of calls. By default nothing aborts a call.
   */
  readonly signal?: AbortSignal | undefined
}

/** Which part of a list to return. */
export interface ListQuery {
  /** Items of the page, from 0 to 100. Default: 25. */
  readonly limit?: number | undefined
  /** Items to skip. Default: 0. */
  readonly offset?: number | undefined
  /** The `next` of an earlier page: continues after it, at the cost of a first page. By default at the start. */
  readonly after?: string | undefined
  /**
   * Whether to count all items: exactly, but for a search and for a user's activity, which are counted up to
   * `limits.totalCap` (5,000). Default: false.
   */
  readonly total?: boolean | undefined
}

/** Which users to list, and in what order. */
export interface ListUsersQuery extends ListQuery {
  /** Only users whose name, email or id contains this text, ignoring case and accents. Default: `''`, all users. */
  readonly search?: string | undefined
  /** By registration. Default: `oldest-first`. */
  readonly order?: UserOrder | undefined
}

/** Which users `iterateUsers` yields, and in what order. */
export interface IterateUsersQuery extends Pick<ListUsersQuery, 'search' | 'order'> {
  /** Users read at a time, from 1 to 100. Default: 100. */
  readonly pageSize?: number | undefined
}

/** The input of `createUser`; only the email is required. */
export interface NewUser {
  /** Up to 254 characters with one `@`. Unique, ignoring letter case. */
  readonly email: string
  /** 8 to 256 code points. By default the user has none and cannot sign in by password. */
  readonly password?: string | undefined
  /** Up to 128 code points on one line. Default: `''`. */
  readonly name?: string | undefined
  /**
   * Up to 36 of `A-Z a-z 0-9 . _ -`, the first a letter or digit. Never used before, not even by a deleted user. By
   * default generated.
   */
  readonly id?: string | undefined
  /** Only an active user can hold a session. Default: `active`. */
  readonly status?: UserStatus | undefined
  /** Whether the host knows that the email is the user's own. Default: false. */
  readonly emailVerified?: boolean | undefined
  /** Up to 64 KiB as JSON. Default: `{}`. */
  readonly prefs?: Prefs | undefined
}

/** What a user types to sign in. */
export interface Credentials {
  readonly email: string
  readonly password: string
}

/** A session just started. Its secret is returned here and never again. */
export interface NewSession {
  readonly session: Session
  readonly secret: string
}

/** What a sweep deletes besides expired sessions. */
export interface SweepOptions {
  /** Deletes activity before this moment. By default none is deleted. */
  readonly activityBefore?: Date | undefined
}

/** How many rows of each kind a sweep deleted. */
export type Swept = Readonly<Record<SweptKind, number>>

/**
 * The users service. Every operation checks its input and throws `InvalidInputError` naming the field. Every change
 * writes one activity entry in its commit, and so does every refused password. A call that changes nothing writes none,
 * nor does upkeep: noting that a session was used, hashing a password again, a sweep. All may throw `StorageFailedError`, `WriteContentionError`, `CommitOutcomeUnknownError` and `ClosedError`.
 *
 * It is an interface, so that your fakes can be object literals; `createTestUsers` of `rollbook/testing` is the real
 * service over memory.
 */
export interface UsersService {
  /**
   * Lists users in the order of their registration, a page of up to 100 at a time.
   *
   * ```ts
   * const first = await users.listUsers({ search: 'ada', limit: 50, total: true })
   * const second = first.next && (await users.listUsers({ search: 'ada', limit: 50, after: first.next }))
   * ```
   */
  listUsers(query?: ListUsersQuery, options?: CallOptions): Promise<Page<User>>

  /**
   * Iterates over all users in constant memory. Each user that exists from the start to the end is yielded exactly
   * once, however many others come and go.
   *
   * ```ts
   * for await (const user of users.iterateUsers({ search: '@example.com' })) console.log(user.name)
   * ```
   *
   * @throws {InvalidInputError} at the call. The signal is checked before each user.
   */
  iterateUsers(query?: IterateUsersQuery, options?: CallOptions): AsyncGenerator<User, void, undefined>

  /**
   * Returns the user with this id.
   *
   * @throws {UserNotFoundError}
   */
  getUser(userId: string, options?: CallOptions): Promise<User>

  /**
   * Returns the user with exactly this email (letter case aside), or `undefined`.
   *
   * ```ts
   * const ada = (await users.findUserByEmail('ada@example.com')) ?? (await users.createUser({ email: 'ada@example.com' }))
   * ```
   */
  findUserByEmail(email: string, options?: CallOptions): Promise<User | undefined>

  /**
   * Returns the user's preferences: `{}` when there are none.
   *
   * @throws {UserNotFoundError}
   */
  getUserPrefs(userId: string, options?: CallOptions): Promise<Prefs>

  /**
   * Lists the user's current sessions, newest first, with what their user agent and IP address reveal. No secret is in
   * it.
   *
   * ```ts
   * const { items } = await users.getUserSessions(ada.id)
   * for (const { client, os, location } of items) console.log(client?.name, os?.name, location?.countryName)
   * ```
   *
   * @throws {UserNotFoundError}
   */
  getUserSessions(userId: string, query?: ListQuery, options?: CallOptions): Promise<Page<DescribedSession>>

  /**
   * Lists what the user did and what was done to them, newest first. A `total` stops at 5,000.
   *
   * ```ts
   * const { items } = await users.getUserLogs(ada.id, { limit: 10 })
   * for (const { at, event, actor, ip } of items) console.log(at, event, actor, ip)
   * ```
   *
   * @throws {UserNotFoundError}
   */
  getUserLogs(userId: string, query?: ListQuery, options?: CallOptions): Promise<Page<DescribedActivity>>

  /**
   * Creates a user.
   *
   * ```ts
   * const grace = await users.createUser(
   *   { email: 'grace@example.com', password: 'correct horse', name: 'Grace' },
   *   { by: { actor: 'admin', ip: '203.0.113.7' } },
   * )
   * ```
   *
   * @throws {InvalidInputError} also when the password policy refuses the password; `path` is `password` then.
   * @throws {EmailTakenError}
   * @throws {IdTakenError}
   * @throws {UserRefusedError} when the host's `beforeCreate` refuses the user.
   * @throws {TooBusyError}
   */
  createUser(user: NewUser, options?: CallOptions): Promise<User>

  /**
   * Sets the status. `blocked` and `disabled` end all sessions of the user in the same commit; `active` revives none.
   * A status that the user already has changes nothing and leaves no entry.
   *
   * ```ts
   * await users.updateUserStatus(ada.id, { status: 'blocked' }, { by: { actor: 'admin' } })
   * ```
   *
   * @throws {UserNotFoundError}
   */
  updateUserStatus(userId: string, change: { readonly status: UserStatus }, options?: CallOptions): Promise<User>

  /**
   * Merges settings into the user's preferences, at the top level, and returns all of them. `null` removes a setting.
   * Concurrent merges lose nothing. Up to 64 KiB, 1,000 settings and 20 levels.
   *
   * ```ts
   * const prefs = await users.updateUserPrefs(ada.id, { prefs: { theme: 'dark', beta: null } })
   * ```
   *
   * @throws {UserNotFoundError}
   */
  updateUserPrefs(userId: string, change: { readonly prefs: Prefs }, options?: CallOptions): Promise<Prefs>

  /**
   * Sets the name; `''` removes it.
   *
   * @throws {UserNotFoundError}
   */
  updateUserName(userId: string, change: { readonly name: string }, options?: CallOptions): Promise<User>

  /**
   * Changes the email, which is then unverified. Sessions stay alive.
   *
   * @throws {UserNotFoundError}
   * @throws {EmailTakenError}
   */
  updateUserEmail(userId: string, change: { readonly email: string }, options?: CallOptions): Promise<User>

  /**
   * Sets the password and ends all sessions of the user in the same commit. It is meant for admins and does not ask for
   * the old password. When users change their own, check the old one with `verifyUserPassword` first.
   *
   * ```ts
   * await users.verifyUserPassword({ email: ada.email, password: 'correct horse' })
   * await users.updateUserPassword(ada.id, { password: 'battery staple' })
   * ```
   *
   * @throws {UserNotFoundError}
   * @throws {TooBusyError}
   */
  updateUserPassword(userId: string, change: { readonly password: string }, options?: CallOptions): Promise<User>

  /**
   * Deletes the user with all sessions and activity. Only the id, the time and the actor are kept; the id stays
   * reserved.
   *
   * @throws {UserNotFoundError}
   */
  deleteUser(userId: string, options?: CallOptions): Promise<void>

  /**
   * Starts a session of an active user whom the host has authenticated. Ip and user agent come from `by`.
   * The oldest session ends when there are more than `sessions.maxPerUser` (100).
   *
   * ```ts
   * const { secret } = await users.createUserSession(ada.id, { by: { ip: '203.0.113.7', userAgent: 'Firefox' } })
   * ```
   *
   * @throws {UserNotFoundError}
   * @throws {UserNotActiveError}
   */
  createUserSession(userId: string, options?: CallOptions): Promise<NewSession>

  /**
   * Returns the session of this secret, and its user. It reads the storage each time, so a block works on the next
   * call.
   *
   * ```ts
   * const { user, session } = await users.verifyUserSession(secret)
   * ```
   *
   * @throws {InvalidSessionError} for whatever reason the secret is invalid.
   */
  verifyUserSession(secret: string, options?: CallOptions): Promise<{ user: User; session: Session }>

  /** Ends the session of this secret. An invalid secret is not an error: the user is already signed out. */
  signOut(secret: string, options?: CallOptions): Promise<void>

  /**
   * Ends one session.
   *
   * @throws {UserNotFoundError}
   * @throws {SessionNotFoundError} also when the session is another user's.
   */
  deleteUserSession(userId: string, sessionId: string, options?: CallOptions): Promise<void>

  /**
   * Ends all sessions of the user, also those just being started. Having none is not an error.
   *
   * @throws {UserNotFoundError}
   */
  deleteUserSessions(userId: string, options?: CallOptions): Promise<void>

  /**
   * Returns the active user with this email and password. A refusal is recorded, and takes as long as a success.
   *
   * @throws {InvalidCredentialsError} for whatever reason it refuses.
   * @throws {TooBusyError}
   */
  verifyUserPassword(credentials: Credentials, options?: CallOptions): Promise<User>

  /**
   * Checks the password, starts a session and records it, in one call. Put the secret into a cookie; only its hash is
   * stored. Limiting how often somebody may try is up to the host.
   *
   * ```ts
   * const { user, secret } = await users.signIn({ email: 'ada@example.com', password: 'correct horse' })
   * ```
   *
   * @throws {InvalidCredentialsError} for whatever reason it refuses.
   * @throws {TooBusyError}
   */
  signIn(credentials: Credentials, options?: CallOptions): Promise<NewSession & { user: User }>

  /**
   * Records an event of the host's own in the user's activity: a name of up to 64 characters, words of `a-z 0-9` joined
   * by `.` or `-`, and details of up to 4 KiB.
   *
   * ```ts
   * await users.recordUserActivity(ada.id, { event: 'invoice.paid', details: { invoice: 'R-17' } })
   * ```
   *
   * @throws {UserNotFoundError}
   */
  recordUserActivity(
    userId: string,
    entry: { readonly event: string; readonly details?: JsonObject | undefined },
    options?: CallOptions,
  ): Promise<Activity>

  /**
   * Deletes expired sessions, and old activity if asked to, in small steps that leave room for other work. In an SQLite
   * file it also merges the search index, which makes searches faster. Run it now and then. After a sweep that was
   * aborted or died, the next one continues.
   *
   * ```ts
   * const aYearAgo = new Date(Date.now() - 365 * 24 * 60 * 60 * 1000)
   * const { sessions, activity } = await users.sweep({ activityBefore: aYearAgo })
   * ```
   */
  sweep(options?: SweepOptions, call?: CallOptions): Promise<Swept>

  /**
   * The operations inside a transaction of the host, on a storage that can join one: see {@link UsersInTransaction}.
   *
   * @throws {CannotJoinTransactionError} when the storage cannot.
   */
  withTransaction(transaction: unknown): UsersInTransaction

  /**
   * Waits for running operations, then closes the storage, also when another service uses it. Later calls throw
   * `ClosedError`. It takes at most `closeTimeoutMs`: calls still running then are rejected with `ClosedError`, may
   * still take effect, and are logged.
   */
  close(): Promise<void>

  /** The same as `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * The operations inside a transaction of the host: what they do becomes visible when the host commits, and is undone
 * when it rolls back. `onEvent` is called once the host reports the commit.
 *
 * ```ts
 * const inside = users.withTransaction(transaction)
 * const ada = await inside.createUser({ email: 'ada@example.com' })
 * await transaction.insertInto('invoices').values({ owner: ada.id }).execute()
 * await transaction.commit().execute()
 * inside.committed()
 * ```
 *
 * An operation that is refused undoes only its own changes, and the transaction can continue. Nothing is retried: on a
 * conflict with another transaction, `TransactionConflictError` asks the host to roll back and run its transaction
 * again.
 *
 * A `signal` is checked between steps and while a password waits to be hashed. A statement that was sent is awaited:
 * the connection is the host's, and so is its statement timeout.
 *
 * Two things to know. Hashing a password takes milliseconds, during which the transaction holds its connection and
 * locks. And when the host rolls back because a password was refused, the entry about it is lost: check passwords
 * before.
 */
export interface UsersInTransaction
  extends Omit<UsersService, 'sweep' | 'withTransaction' | 'close' | typeof Symbol.asyncDispose> {
  /**
   * Reports the commit, which this service cannot see: `onEvent` is called for each entry, in order, and later calls
   * throw `ClosedError`. For a part that may be rolled back on its own, call `withTransaction` again.
   */
  committed(): void
}
