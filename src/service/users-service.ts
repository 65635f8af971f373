import type { Activity, DescribedActivity } from '../domain/activity.js'
import type { Caller } from '../domain/caller.js'
import type { JsonObject } from '../domain/json.js'
import type { Page } from '../domain/page.js'
import type { Prefs } from '../domain/prefs.js'
import type { DescribedSession, Session } from '../domain/session.js'
import type { User, UserStatus } from '../domain/user.js'
import type { IterateUsersQuery, ListQuery, ListUsersQuery } from './list-queries.js'
import type { UsersInTransaction } from './users-in-transaction.js'

/** The last argument of every operation. */
export interface CallOptions {
  /** Who acts, and from where: it goes into the activity entry. */
  readonly by?: Caller
  /** Gives up before the next step; what is committed stays. The promise rejects with the signal's reason. */
  readonly signal?: AbortSignal
}

export interface NewUser {
  readonly email: string
  /** A user without one cannot sign in by password. */
  readonly password?: string
  readonly name?: string
  /** Made when absent. Once used it is taken for ever, also by a deleted user. */
  readonly id?: string
  /** `active` when absent. */
  readonly status?: UserStatus
  readonly emailVerified?: boolean
  readonly prefs?: Prefs
}

export interface Credentials {
  readonly email: string
  readonly password: string
}

/** A session just started. The secret is shown here and never again. */
export interface NewSession {
  readonly session: Session
  readonly secret: string
}

export interface SweepOptions {
  /** Activity before this moment is deleted; none when absent. */
  readonly activityBefore?: Date
}

/** How many rows a sweep deleted. */
export interface Swept {
  readonly sessions: number
  readonly activity: number
}

/**
 * The users service. Every operation checks its input and throws `InvalidInputError` naming the field; every
 * change writes one activity entry in its commit, and so does every refused password. What changes nothing writes none.
 * All may throw `StorageFailedError`, `WriteContentionError` and `ClosedError`.
 */
export interface UsersService {
  /** Lists users in the order of their registration. */
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

  /** @throws {UserNotFoundError} */
  getUser(userId: string, options?: CallOptions): Promise<User>

  /** Answers the user with exactly this email (letter case aside), or `undefined`. */
  findUserByEmail(email: string, options?: CallOptions): Promise<User | undefined>

  /** @throws {UserNotFoundError} */
  getUserPrefs(userId: string, options?: CallOptions): Promise<Prefs>

  /**
   * Lists the user's current sessions, newest first.
   *
   * @throws {UserNotFoundError}
   */
  getUserSessions(userId: string, query?: ListQuery, options?: CallOptions): Promise<Page<DescribedSession>>

  /**
   * Lists what the user did and what was done to them, newest first.
   *
   * @throws {UserNotFoundError}
   */
  getUserLogs(userId: string, query?: ListQuery, options?: CallOptions): Promise<Page<DescribedActivity>>

  /**
   * Creates a user.
   *
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
   * @throws {UserNotFoundError}
   */
  updateUserStatus(userId: string, change: { readonly status: UserStatus }, options?: CallOptions): Promise<User>

  /**
   * Merges settings into the user's preferences, at the top level, and answers all of them. `null` removes a setting.
   * Concurrent merges lose nothing.
   *
   * @throws {UserNotFoundError}
   */
  updateUserPrefs(userId: string, change: { readonly prefs: Prefs }, options?: CallOptions): Promise<Prefs>

  /** @throws {UserNotFoundError} */
  updateUserName(userId: string, change: { readonly name: string }, options?: CallOptions): Promise<User>

  /**
   * Changes the email; it counts as not verified from then on.
   *
   * @throws {UserNotFoundError}
   * @throws {EmailTakenError}
   */
  updateUserEmail(userId: string, change: { readonly email: string }, options?: CallOptions): Promise<User>

  /**
   * Sets the password and ends all sessions of the user in the same commit. An administrative act: it does not ask for
   * the old password. When users change their own, check it before by `verifyUserPassword`.
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
   * @throws {UserNotFoundError}
   * @throws {UserNotActiveError}
   */
  createUserSession(userId: string, options?: CallOptions): Promise<NewSession>

  /**
   * Answers whose session the secret opens. It looks into the storage each time: a block works on the next call.
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
   * Ends all sessions of the user; that there are none is no error.
   *
   * @throws {UserNotFoundError}
   */
  deleteUserSessions(userId: string, options?: CallOptions): Promise<void>

  /**
   * Answers the active user to whom email and password belong. A refusal is recorded, and takes as long as a success.
   *
   * @throws {InvalidCredentialsError} for whatever reason they let nobody in.
   * @throws {TooBusyError}
   */
  verifyUserPassword(credentials: Credentials, options?: CallOptions): Promise<User>

  /**
   * Checks the password, starts a session and records it, in one call.
   *
   * @throws {InvalidCredentialsError} for whatever reason they let nobody in.
   * @throws {TooBusyError}
   */
  signIn(credentials: Credentials, options?: CallOptions): Promise<NewSession & { user: User }>

  /**
   * Records an event of the host's own in the user's activity.
   *
   * @throws {UserNotFoundError}
   */
  recordUserActivity(
    userId: string,
    entry: { readonly event: string; readonly details?: JsonObject },
    options?: CallOptions,
  ): Promise<Activity>

  /**
   * Deletes expired sessions, and old activity where asked, in small steps between which the process goes on with
   * other work. Run it now and then. A sweep that is aborted or dies is gone on with by the next one.
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
   * are closed together. Later calls throw `ClosedError`.
   */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}
