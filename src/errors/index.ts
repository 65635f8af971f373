/**
 * Every error that Rollbook throws: one class and one stable code per situation.
 * Messages may change between versions; codes may not.
 */

import type { CommitOutcomeUnknownError } from './commit-outcome-unknown-error.js'
import type { CopyCollisionError } from './copy-collision-error.js'
import type { InvalidInputError, InvalidOptionsError, MissingPeerError } from './input-errors.js'
import type {
  InvalidCredentialsError,
  InvalidSessionError,
  SessionNotFoundError,
  TooBusyError,
} from './session-errors.js'
import type { StorageConflict } from './storage-conflict.js'
import type {
  ClosedError,
  NewerSchemaError,
  NotMigratedError,
  StorageFailedError,
  StorageOpenError,
  WriteContentionError,
} from './storage-errors.js'
import type {
  CannotJoinTransactionError,
  InsideTransactionError,
  TransactionConflictError,
} from './transaction-errors.js'
import type {
  EmailTakenError,
  IdTakenError,
  UserNotActiveError,
  UserNotFoundError,
  UserRefusedError,
} from './user-errors.js'

export * from './commit-outcome-unknown-error.js'
export * from './copy-collision-error.js'
export * from './input-errors.js'
export * from './session-errors.js'
export * from './storage-conflict.js'
export * from './storage-errors.js'
export * from './transaction-errors.js'
export * from './user-errors.js'
export * from './users-error.js'

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
