import { CommitOutcomeUnknownError } from '../../../src/errors/index.js'
import type { FileWatch } from '../file/replaced-file.js'
import { driverCode } from './driver-error.js'
import type { PreparedStatement, SqliteHandle } from './handle.js'

/**
 * Runs a task in a transaction, which has ended when this returns or throws. It throws the first error: that of a failed
 * rollback says nothing new. The caller makes sure that no transaction is open.
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

  /** Does nothing where SQLite has rolled back by itself. */
  function rollBack(): void {
    try {
      if (handle.inTransaction) run('ROLLBACK')
    } catch {
      // The error before this one is what matters.
    }
  }

  return (task) => {
    let isApplied = false
    let result: ReturnType<typeof task>
    try {
      run('BEGIN IMMEDIATE')
      // Under the lock: while the files are ours, nobody else can change them now.
      watch?.before('commit')
      result = task()
      isApplied = true
      run('COMMIT')
    } catch (error) {
      const isUnknown = isApplied && !handle.inTransaction && mayBeCommitted(error)
      rollBack()
      throw isUnknown ? new CommitOutcomeUnknownError({ cause: error }) : error
    }
    watch?.committed()
    return result
  }
}

/** Returns whether a commit that failed may be in the file all the same: when a sync of the disk failed, say. */
function mayBeCommitted(error: unknown): boolean {
  return driverCode(error).startsWith('SQLITE_IOERR')
}
