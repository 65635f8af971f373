/**
 * Every error that Rollbook throws: one class and one stable code per situation.
 * Messages may change between versions; codes may not.
 */

import type { CommitOutcomeUnknownError } from './errors/commit-outcome-unknown-error.js'
import type { CopyCollisionError } from './errors/copy-collision-error.js'
import { shown } from './errors/shown.js'
import type {
  CannotJoinTransactionError,
  InsideTransactionError,
  TransactionConflictError,
} from './errors/transaction-errors.js'
import { UsersError } from './errors/users-error.js'

export { CommitOutcomeUnknownError } from './errors/commit-outcome-unknown-error.js'
export { type CopiedKind, CopyCollisionError } from './errors/copy-collision-error.js'
export {
  CannotJoinTransactionError,
  InsideTransactionError,
  TransactionConflictError,
} from './errors/transaction-errors.js'
export { UsersError }

/** One thing wrong with an input. `path` names the field: `email`, `prefs.theme`, `by.ip`. */
export interface InputIssue {
  readonly path: string
  readonly message: string
  /** Present when the field is required and was not given. */
  readonly missing?: true
}

/** An argument was refused, and nothing was done. `issues` has one entry for each wrong field. */
export class InvalidInputError extends UsersError {
  readonly code = 'invalid-input'
  readonly issues: readonly InputIssue[]
  /** The first field that is wrong. */
  readonly path: string

  constructor(issues: readonly [InputIssue, ...InputIssue[]]) {
    super(`invalid input: ${issues.map(({ path, message }) => `${onOneLine(path)} ${message}`).join('; ')}`)
    this.issues = issues
    this.path = issues[0].path
  }
}

/** An option given at set-up was refused. */
export class InvalidOptionsError extends UsersError {
  readonly code = 'invalid-options'
}

/** A package that this feature needs is not installed. */
export class MissingPeerError extends UsersError {
  readonly code = 'missing-peer'
  constructor(
    readonly peer: string,
    cure: string,
    options?: { cause?: unknown },
  ) {
    super(`the package ${peer} cannot be loaded: ${cure}`, options)
  }
}

/** No user has this id. */
export class UserNotFoundError extends UsersError {
  readonly code = 'user-not-found'
  constructor(readonly userId: string) {
    super(`no user has the id ${shown(userId)}`)
  }
}

/** The user has no such session; one of another user counts as none. */
export class SessionNotFoundError extends UsersError {
  readonly code = 'session-not-found'
  constructor(readonly sessionId: string) {
    super(`the user has no session with the id ${shown(sessionId)}`)
  }
}

/** Another user has this email. */
export class EmailTakenError extends UsersError {
  readonly code = 'email-taken'
  constructor() {
    super('another user has this email')
  }
}

/** Another user has this id, or had it: the id of a deleted user stays reserved. */
export class IdTakenError extends UsersError {
  readonly code = 'id-taken'
  constructor(readonly userId: string) {
    super(`the id ${shown(userId)} is taken or reserved`)
  }
}

/** The host's own `beforeCreate` does not let this user be created; nothing was done. */
export class UserRefusedError extends UsersError {
  readonly code = 'user-refused'
  /** The host's words, which an HTTP client gets to read. */
  constructor(readonly reason: string) {
    super(`the user may not be created: ${reason}`)
  }
}

/** The email and the password do not let anybody in. Says on purpose not why: unknown, wrong and blocked look the same. */
export class InvalidCredentialsError extends UsersError {
  readonly code = 'invalid-credentials'
  constructor() {
    super('the email or the password is wrong, or the user may not sign in')
  }
}

/** The session secret opens nothing: unknown, ended, expired, or its user is not active. */
export class InvalidSessionError extends UsersError {
  readonly code = 'invalid-session'
  constructor() {
    super('the session is unknown, has ended or has expired')
  }
}

/** Only active users can hold a session. */
export class UserNotActiveError extends UsersError {
  readonly code = 'user-not-active'
  constructor(readonly userId: string) {
    super(`the user ${shown(userId)} is not active and cannot hold a session`)
  }
}

/** More passwords wait to be hashed than the queue takes. Try again in a second. */
export class TooBusyError extends UsersError {
  readonly code = 'too-busy'
  constructor() {
    super('too many passwords are waiting to be hashed: try again in a second')
  }
}

/** Others kept writing for longer than the time budget; nothing was written. Try again. */
export class WriteContentionError extends UsersError {
  readonly code = 'write-contention'
  constructor(options?: { cause?: unknown }) {
    super('others kept writing to the storage for too long and nothing was written: try again', options)
  }
}

/** The service or its storage was closed, or the transaction that it was for is over. */
export class ClosedError extends UsersError {
  readonly code = 'closed'
  constructor(what = 'the users service is closed') {
    super(what)
  }
}

/** The storage cannot be opened: the message says what is wrong with it and what to do. */
export class StorageOpenError extends UsersError {
  readonly code = 'storage-open-failed'
}

/** The tables were made by a newer version of this library. */
export class NewerSchemaError extends UsersError {
  readonly code = 'storage-newer-schema'
  constructor(migration: string) {
    super(
      `the tables have the migration ${shown(migration)}, which this version does not know: install a newer rollbook`,
    )
  }
}

/** The tables are not there, or not up to date, and the handle is the host's: it decides when to migrate. */
export class NotMigratedError extends UsersError {
  readonly code = 'storage-not-migrated'
  constructor(options?: { cause?: unknown }) {
    super('the tables are missing or not up to date: call migrate() of the storage once at start-up', options)
  }
}

/** Why a storage failed, where it is known. */
export type StorageFailureReason =
  | 'full'
  | 'read-only'
  | 'corrupt'
  | 'timeout'
  | 'unreachable'
  | 'no-connection'
  | 'unknown'

/** The storage failed; the driver's error is in `cause`. */
export class StorageFailedError extends UsersError {
  readonly code = 'storage-failed'
  constructor(
    readonly reason: StorageFailureReason,
    options?: { cause?: unknown },
  ) {
    super(storageFailures[reason], options)
  }
}

const storageFailures: Record<StorageFailureReason, string> = {
  full: 'the storage is full: free some space, and the service works again without a restart',
  'read-only': 'the storage is read-only: give the process the right to write the database file and its folder',
  corrupt: 'the database file is corrupt: restore it from a backup',
  timeout:
    'the database took longer than it may, or waited so long for a lock: nothing was written: try again, and use withTransaction inside a transaction of yours',
  unreachable: 'the database cannot be reached, or the connection to it was lost: nothing was written: try again',
  'no-connection':
    'no connection to the database became free in time: let the pool have more, or use withTransaction inside a transaction of yours',
  unknown: 'the storage failed: its own error is the cause of this one',
}

/** What did not hold when a storage applied a change. `busy`: another writer was in the way, and a retry may succeed. */
export type ConflictReason = 'email-taken' | 'id-taken' | 'stale-user' | 'missing-user' | 'missing-session' | 'busy'

/** Thrown by storages, for the core alone: it turns each reason into an error for the caller or a retry. */
export class StorageConflict extends UsersError {
  readonly code = 'storage-conflict'
  constructor(
    readonly reason: ConflictReason,
    options?: { cause?: unknown },
  ) {
    super(`a change's condition does not hold: ${reason}`, options)
  }
}

/** All errors of this library: switch on `code`. */
export type AnyUsersError =
  | InvalidInputError
  | InvalidOptionsError
  | MissingPeerError
  | UserNotFoundError
  | SessionNotFoundError
  | EmailTakenError
  | IdTakenError
  | UserRefusedError
  | InvalidCredentialsError
  | InvalidSessionError
  | UserNotActiveError
  | TooBusyError
  | WriteContentionError
  | ClosedError
  | StorageOpenError
  | NewerSchemaError
  | NotMigratedError
  | InsideTransactionError
  | CannotJoinTransactionError
  | TransactionConflictError
  | CopyCollisionError
  | StorageFailedError
  | CommitOutcomeUnknownError
  | StorageConflict

/** The stable code of each error. */
export type UsersErrorCode = AnyUsersError['code']

/** The path of a field, whose names may be a caller's. */
function onOneLine(path: string): string {
  return /^[\w.[\]$-]{1,128}$/.test(path) ? path : shown(path)
}
