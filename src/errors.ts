/**
 * Every error that Rollbook throws: one class and one stable code per situation.
 * Messages may change between versions; codes may not.
 */

import type { CommitOutcomeUnknownError } from './errors/commit-outcome-unknown-error.js'
import type { CopyCollisionError } from './errors/copy-collision-error.js'
import type { InvalidInputError, InvalidOptionsError, MissingPeerError } from './errors/input-errors.js'
import type {
  InvalidCredentialsError,
  InvalidSessionError,
  SessionNotFoundError,
  TooBusyError,
} from './errors/session-errors.js'
import type { StorageConflict } from './errors/storage-conflict.js'
import type {
  ClosedError,
  NewerSchemaError,
  NotMigratedError,
  StorageFailedError,
  StorageOpenError,
  WriteContentionError,
} from './errors/storage-errors.js'
import type {
  CannotJoinTransactionError,
  InsideTransactionError,
  TransactionConflictError,
} from './errors/transaction-errors.js'
import type {
  EmailTakenError,
  IdTakenError,
  UserNotActiveError,
  UserNotFoundError,
  UserRefusedError,
} from './errors/user-errors.js'

export * from './errors/commit-outcome-unknown-error.js'
export * from './errors/copy-collision-error.js'
export * from './errors/input-errors.js'
export * from './errors/session-errors.js'
export * from './errors/storage-conflict.js'
export * from './errors/storage-errors.js'
export * from './errors/transaction-errors.js'
export * from './errors/user-errors.js'
export * from './errors/users-error.js'

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
