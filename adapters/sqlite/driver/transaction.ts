import { CommitOutcomeUnknownError } from '../../../src/errors/index.js'
import type { FileWatch } from '../file/replaced-file.js'
import { driverCode } from './driver-error.js'
import type { PreparedStatement, SqliteHandle } from './handle.js'

/**
 * Runs a task in a transaction that has ended when this returns or throws, whichever of its statements failed. The error
 * is the first one: that of a rollback says nothing new. The caller has seen that the handle is in no transaction.
 *
 * @throws {StorageFailedError} `replaced`, before anything is written.
 * @throws {CommitOutcomeUnknownError}
 */
export type Transact = <T>(task: () => T) => T

export function createTransact(handle: SqliteHandle, watch?: FileWatch): Transact {
  const prepared = new Map<string, PreparedStatement>()
  function run(sql: 'BEGIN IMMEDIATE' | 'COMMIT' | 'ROLLBACK'): void {
    const statement = prepared.get(sql) ?? handle.prepare(sql)
    prepared.set(sql, statement)
    statement.run()
  }

  /** Unless SQLite itself has taken the transaction back. */
  function takeBack(): void {
    try {
      if (handle.inTransaction) run('ROLLBACK')
    } catch {
      // What went wrong before is what matters.
    }
  }

  return (task) => {
    let isApplied = false
    let result: ReturnType<typeof task>
    try {
      run('BEGIN IMMEDIATE')
      // With the lock: as long as the files are ours, nobody else changes them now.
      watch?.before('commit')
      result = task()
      isApplied = true
      run('COMMIT')
    } catch (error) {
      const isUnknown = isApplied && !handle.inTransaction && mayBeMade(error)
      takeBack()
      throw isUnknown ? new CommitOutcomeUnknownError({ cause: error }) : error
    }
    watch?.committed()
    return result
  }
}

/** Whether a commit that ended with this error may be in the file all the same: when a sync of the disk fails, say. */
function mayBeMade(error: unknown): boolean {
  return driverCode(error).startsWith('SQLITE_IOERR')
}
