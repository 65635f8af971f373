import { quoted, UsersError } from './users-error.js'

declare module './users-error.js' {
  interface UsersErrors {
    'write-contention': WriteContentionError
    closed: ClosedError
    'storage-open-failed': StorageOpenError
    'storage-newer-schema': NewerSchemaError
    'storage-not-migrated': NotMigratedError
    'storage-failed': StorageFailedError
    'commit-outcome-unknown': CommitOutcomeUnknownError
    'copy-collision': CopyCollisionError
    'storage-conflict': StorageConflict
  }
}

/** Other writers were in the way for longer than the time budget; nothing was written. Try again. */
export class WriteContentionError extends UsersError {
  readonly code = 'write-contention'
  constructor(options?: { cause?: unknown }) {
    super('other writers were in the way for too long, and nothing was written: try again', options)
  }
}

/** The service or its storage is closed, or its transaction is over. */
export class ClosedError extends UsersError {
  readonly code = 'closed'
  constructor(what = 'the users service is closed') {
    super(what)
  }
}

/** The storage cannot be opened. The message says why and what to do. */
export class StorageOpenError extends UsersError {
  readonly code = 'storage-open-failed'
}

/** The tables were created by a newer version of this library. */
export class NewerSchemaError extends UsersError {
  readonly code = 'storage-newer-schema'
  constructor(migration: string) {
    super(
      `the tables have the migration ${quoted(migration)}, which this version does not know: install a newer rollbook`,
    )
  }
}

/** The tables are missing or out of date, and the handle is the host's, who decides when to migrate. */
export class NotMigratedError extends UsersError {
  readonly code = 'storage-not-migrated'
  constructor(options?: { cause?: unknown }) {
    super('the tables are missing or not up to date: call migrate() of the storage once at start-up', options)
  }
}

/** Why a storage failed, if known. */
export type StorageFailureReason =
  | 'full'
  | 'read-only'
  | 'corrupt'
  | 'replaced'
  | 'index'
  | 'timeout'
  | 'unreachable'
  | 'no-connection'
  | 'referenced'
  | 'unknown'

/** The storage failed. `cause` is the driver's error. Each reason has a message, which the storage may replace. */
export class StorageFailedError extends UsersError {
  readonly code = 'storage-failed'
  constructor(
    readonly reason: StorageFailureReason,
    { message, ...options }: { cause?: unknown; message?: string } = {},
  ) {
    super(message ?? storageFailures[reason], options)
  }
}

const storageFailures: Record<StorageFailureReason, string> = {
  full: 'the storage is full: free some space, and the service works again without a restart',
  'read-only': 'the storage is read-only: give the process the right to write the database file and its folder',
  corrupt: 'the database file or a row in it is corrupt: restore it from a backup',
  replaced:
    'the database file or its log was moved, deleted, replaced or copied while it was open, and anything written now would be lost: restart the process, and copy a live database by backup or vacuum into alone',
  index: 'the search index is damaged, but the users are not: call reindex() of the storage once to rebuild the index',
  timeout:
    'timed out (statement or lock), and nothing was written: try again, and inside a transaction of your own use withTransaction()',
  unreachable: 'the database cannot be reached, or the connection to it was lost: nothing was written: try again',
  'no-connection':
    'no database connection became free in time: enlarge the pool, and inside a transaction of your own use withTransaction()',
  referenced:
    'rows of your own tables reference what was to be deleted, so nothing was: delete them first, or declare their foreign key with "on delete cascade" or "on delete set null"',
  unknown: 'the storage failed: its own error is the cause of this one',
}

/** The connection was lost, or the disk failed, during a commit. The change was made as a whole, or not at all. */
export class CommitOutcomeUnknownError extends UsersError {
  readonly code = 'commit-outcome-unknown'
  constructor(options?: { cause?: unknown }) {
    super(
      'the connection was lost or the disk failed during a commit, so the change may have been made: read before you try again',
      options,
    )
  }
}

/** The kind of record in which `copyUsers` found the storages to differ. */
export type CopiedKind = 'user' | 'session' | 'token' | 'activity' | 'tombstone'

/** The target of a copy holds something that the source does not. Nothing was overwritten. */
export class CopyCollisionError extends UsersError {
  readonly code = 'copy-collision'
  constructor(
    readonly kind: CopiedKind,
    readonly id: string,
    options?: { cause?: unknown },
  ) {
    super(
      `the ${kind} ${quoted(id)} is not the same in both storages: copy into an empty one, and let nobody write to either`,
      options,
    )
  }
}

/** Which condition of a change did not hold. `busy`: another writer was in the way, and a retry may succeed. */
export type ConflictReason =
  | 'email-taken'
  | 'id-taken'
  | 'stale-user'
  | 'missing-user'
  | 'missing-session'
  | 'missing-token'
  | 'busy'

/** Thrown by storages, only to the core, which turns each reason into an error for the caller or a retry. */
export class StorageConflict extends UsersError {
  readonly code = 'storage-conflict'
  constructor(
    readonly reason: ConflictReason,
    options?: { cause?: unknown },
  ) {
    super(`a change's condition does not hold: ${reason}`, options)
  }
}
