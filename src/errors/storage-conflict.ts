import { UsersError } from './users-error.js'

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
