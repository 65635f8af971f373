import type { Activity, DescribedActivity } from '../domain/activity.js'
import type { Caller } from '../domain/caller.js'
import type { JsonObject } from '../domain/json.js'
import type { Page, UserOrder } from '../domain/page.js'
import type { Prefs } from '../domain/prefs.js'
import type { DescribedSession, Session } from '../domain/session.js'
import type { User, UserStatus } from '../domain/user.js'

/** The last argument of every operation. */
export interface CallOptions {
  /** Who acts, and from where: it goes into the activity entry. */
  readonly by?: Caller | undefined
  /**
   * Ends the wait: the promise rejects at once with the signal's reason, whatever the call is waiting for. Nothing more
   * is begun; what was already sent to the storage may still be committed, and what is committed stays. One signal may
   * serve any number of calls.
   */
  readonly signal?: AbortSignal | undefined
}

/** Chooses a part of a list. */
export interface ListQuery {
  /** 0 to 100; 25 when absent. */
  readonly limit?: number | undefined
  /** Items to skip. */
  readonly offset?: number | undefined
  /** The `next` of an earlier page: goes on behind it, at the cost of a first page. */
  readonly after?: string | undefined
  /** Whether to count: exact without a search, and up to 5,000 matches with one. */
  readonly total?: boolean | undefined
}

/** Chooses a part of the list of users. */
export interface ListUsersQuery extends ListQuery {
  /** Only users whose name, email or id contains this text, whatever the case and the accents. */
  readonly search?: string | undefined
  /** By registration; `oldest-first` when absent. */
  readonly order?: UserOrder | undefined
}

/** Which users a walk goes through, and how. */
export interface IterateUsersQuery extends Pick<ListUsersQuery, 'search' | 'order'> {
  /** Users that are read at once: 1 to 100, and 100 when absent. */
  readonly pageSize?: number | undefined
}

/** A user to be made: the email is all that must be given. */
export interface NewUser {
  /** Up to 254 characters, one `@`, no other user's; letter case does not make it another one. */
  readonly email: string
  /** 8 to 256 code points. A user without one cannot sign in by password. */
  readonly password?: string | undefined
  /** Up to 128 code points on one line; `''` when absent. */
  readonly name?: string | undefined
  /**
   * Made when absent; else up to 36 of `A-Z a-z 0-9 . _ -`, beginning with a letter or digit. Once used it is taken for
   * ever, also by a deleted user.
   */
  readonly id?: string | undefined
  /** `active` when absent. */
  readonly status?: UserStatus | undefined
  /** Whether the host knows that the email is the user's own: `false` when absent. */
  readonly emailVerified?: boolean | undefined
  /** Up to 64 KiB as JSON. */
  readonly prefs?: Prefs | undefined
}

/** What a user types to sign in. */
export interface Credentials {
  readonly email: string
  readonly password: string
}

/** A session just started. The secret is shown here and never again. */
export interface NewSession {
  readonly session: Session
  readonly secret: string
}

/** What a sweep deletes besides expired sessions. */
export interface SweepOptions {
  /** Activity before this moment is deleted; none when absent. */
  readonly activityBefore?: Date | undefined
}

/** How many rows a sweep deleted. */
export interface Swept {
  readonly sessions: number
  readonly activity: number
}

/**
 * The users service. Every operation checks its input and throws `InvalidInputError` naming the field; every
 * change writes one activity entry in its commit, and so does every refused password. What changes nothing writes none.
 * All may throw `StorageFailedError`, `WriteContentionError`, `CommitOutcomeUnknownError` and `ClosedError`.
 *
 * It is an interface, so that a fake of yours is an object literal; `createTestUsers` of `rollbook/testing` is the real
 * one over memory.
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
   * Walks through all users in constant memory: whoever was there before it began and is not deleted meanwhile comes
   * exactly once, however many others come and go.
   *
   * ```ts
   * for await (const user of users.iterateUsers({ search: '@example.com' })) console.log(user.name)
   * ```
   *
   * @throws {InvalidInputError} at the call. The signal is heeded before each user.
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
   * Lists the user's current sessions, newest first, with what user agent and IP address tell. No secret is in it.
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
   * @throws {UserRefusedError} when the host's `beforeCreate` says so.
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
   * Changes the email; it counts as not verified from then on. Sessions go on.
   *
   * @throws {UserNotFoundError}
   * @throws {EmailTakenError}
   */
  updateUserEmail(userId: string, change: { readonly email: string }, options?: CallOptions): Promise<User>

  /**
   * Sets the password and ends all sessions of the user in the same commit. An administrative act: it does not ask for
   * the old password. When users change their own, check it before by `verifyUserPassword`.
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
   * Deletes the user with all sessions and activity. What stays is the id, the time and the actor; the id is reserved.
   *
   * @throws {UserNotFoundError}
   */
  deleteUser(userId: string, options?: CallOptions): Promise<void>

  /**
   * Starts a session of an active user whom the host has recognised by itself. Ip and user agent come from `by`.
   * The oldest session ends when there are more than 100.
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
   * Returns whose session the secret opens. It looks into the storage each time: a block works on the next call.
   *
   * ```ts
   * const { user, session } = await users.verifyUserSession(secret)
   * ```
   *
   * @throws {InvalidSessionError} for whatever reason the secret opens nothing.
   */
  verifyUserSession(secret: string, options?: CallOptions): Promise<{ user: User; session: Session }>

  /** Ends the session that the secret opens. A secret that opens nothing is no error: the user is signed out already. */
  signOut(secret: string, options?: CallOptions): Promise<void>

  /**
   * Ends one session.
   *
   * @throws {UserNotFoundError}
   * @throws {SessionNotFoundError} also when the session is another user's.
   */
  deleteUserSession(userId: string, sessionId: string, options?: CallOptions): Promise<void>

  /**
   * Ends all sessions of the user, also one that is just being started; that there are none is no error.
   *
   * @throws {UserNotFoundError}
   */
  deleteUserSessions(userId: string, options?: CallOptions): Promise<void>

  /**
   * Returns the active user to whom email and password belong. A refusal is recorded, and takes as long as a success.
   *
   * @throws {InvalidCredentialsError} for whatever reason they let nobody in.
   * @throws {TooBusyError}
   */
  verifyUserPassword(credentials: Credentials, options?: CallOptions): Promise<User>

  /**
   * Checks the password, starts a session and records it, in one call. Put the secret into a cookie; only its hash is
   * stored. How often somebody may try is for the host to limit.
   *
   * ```ts
   * const { user, secret } = await users.signIn({ email: 'ada@example.com', password: 'correct horse' })
   * ```
   *
   * @throws {InvalidCredentialsError} for whatever reason they let nobody in.
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
   * Deletes expired sessions, and old activity where asked, in small steps between which the process goes on with
   * other work. In an SQLite file it also merges the search index, so that searches are quicker. Run it now and then. A
   * sweep that is aborted or dies is gone on with by the next one.
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
   * Waits for running operations, then closes the storage that the service was given: two services over one storage
   * are closed together. Later calls throw `ClosedError`. It ends within `closeTimeoutMs`: whatever is still running
   * then is rejected with `ClosedError`, may still be done, and is told to the logger.
   */
  close(): Promise<void>

  /** The same as `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * The operations inside a transaction of the host: what they do is there when the host commits, and was never when it
 * rolls back. `onEvent` hears of it when the host says that it has committed.
 *
 * ```ts
 * const inside = users.withTransaction(transaction)
 * const ada = await inside.createUser({ email: 'ada@example.com' })
 * await transaction.insertInto('invoices').values({ owner: ada.id }).execute()
 * await transaction.commit().execute()
 * inside.committed()
 * ```
 *
 * An operation that is refused takes back its own changes alone, and the transaction goes on. Nothing waits and nothing
 * is tried again: when another transaction is in the way, `TransactionConflictError` says that the host is to roll back
 * and to run its transaction again.
 *
 * A `signal` is heeded between two steps and while a password waits to be hashed: a statement that was sent is waited
 * for, because the connection is the host's, and so is its limit for a statement.
 *
 * Two things to know. A password takes milliseconds to hash, in which the transaction holds its connection and its
 * locks. And the record of a refused password goes when the host rolls back for it: check passwords before.
 */
export interface UsersInTransaction
  extends Omit<UsersService, 'sweep' | 'withTransaction' | 'close' | typeof Symbol.asyncDispose> {
  /**
   * Says that the transaction is committed, which this service cannot see: `onEvent` is told of what it did, in order,
   * and later calls throw `ClosedError`. For a part that may be rolled back alone, take one of its own.
   */
  committed(): void
}
