/** The write-ahead log of a file: truncated when possible, and watched for readers who prevent that. */
import { processWarnings } from '../../../src/ports/logger.js'
import { driverCode } from '../driver/driver-error.js'
import { type SqliteHandle, withoutWaiting } from '../driver/handle.js'

/** A log of this size is copied in some milliseconds. */
export const smallLogBytes = 8 * 1024 * 1024
// About what commits add during a checkpoint.
const fewPages = 1000

/**
 * Copies into the database file what nobody reads in the log any more. Waits for nobody: while another connection does the
 * same, both numbers are -1.
 */
export function copyLog(database: Pick<SqliteHandle, 'prepare'>): {
  readonly log: number
  readonly checkpointed: number
} {
  // The shape of the row is SQLite's.
  return database.prepare('pragma wal_checkpoint(passive)').get() as { log: number; checkpointed: number }
}

/**
 * Copies the log into the database file and truncates it to nothing, so that it keeps no old values. Returns whether that
 * was possible: not while somebody reads from the log. A database without a log has nothing to truncate.
 */
export function cutLog(database: Pick<SqliteHandle, 'prepare'>): boolean {
  try {
    // First without the lock that commits need, since this part may take long.
    const { log, checkpointed } = copyLog(database)
    if (log - checkpointed > fewPages) return false
    // The shape of the row is SQLite's.
    const row = database.prepare('pragma wal_checkpoint(truncate)').get() as { busy: number }
    return row.busy === 0
  } catch (error) {
    // An error of the disk, say. What is committed stays in the log, and is copied another time.
    if (/^SQLITE_(BUSY|LOCKED|IOERR|FULL|READONLY)/.test(driverCode(error))) return false
    throw error
  }
}

/**
 * Does the same on a host's handle. A host that has switched off SQLite's own checkpoints does them itself, or has another
 * program for them: then the log is left alone.
 */
export function cutLogOfHost(handle: SqliteHandle): boolean {
  // The shape of the row is SQLite's.
  const { wal_autocheckpoint } = handle.prepare('pragma wal_autocheckpoint').get() as { wal_autocheckpoint: number }
  if (wal_autocheckpoint <= 0 || handle.inTransaction) return false
  return withoutWaiting(handle, () => cutLog(handle))
}

/** The log after a checkpoint. */
export interface LogState {
  readonly bytes: number
  readonly isDone: boolean
  /** How many pages of the log have been copied into the database file. */
  readonly checkpointed: number
}

// The commits of a busy second or two: a smaller log is no trouble.
const largeBytes = 64 * 1024 * 1024
const longMs = 30_000

/** Warns once of a reader that keeps checkpoints from ending for so long that the log grows large. */
export function watchLog(path: string, now: () => number = performance.now.bind(performance)) {
  let checkpointed = -1
  let since = 0
  let hasWarned = false
  return (state: LogState): void => {
    if (state.isDone || state.checkpointed !== checkpointed) since = now()
    checkpointed = state.checkpointed
    if (hasWarned || state.bytes < largeBytes || now() - since < longMs) return
    hasWarned = true
    processWarnings.warn(
      { path, bytes: state.bytes },
      `rollbook: one transaction has been reading ${JSON.stringify(path)} for more than ${longMs / 1000} seconds, and ` +
        `keeps its log, which has ${Math.round(state.bytes / 1e6)} MB by now: end that transaction, open iterator or ` +
        'backup, in this process or another; then the log shrinks by itself',
    )
  }
}
