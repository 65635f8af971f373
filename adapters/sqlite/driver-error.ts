import {
  ClosedError,
  NotMigratedError,
  StorageConflict,
  StorageFailedError,
  type StorageFailureReason,
  UsersError,
} from '../../src/errors.js'

const reasons: readonly (readonly [code: string, reason: StorageFailureReason])[] = [
  ['SQLITE_FULL', 'full'],
  // There is no room for the index of the write-ahead log to grow.
  ['SQLITE_IOERR_SHMSIZE', 'full'],
  ['SQLITE_READONLY', 'read-only'],
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_NOTADB', 'corrupt'],
]

/** Turns what better-sqlite3 throws into our errors. Its messages name tables and columns, and hold no values. */
export function fromDriver(error: unknown): unknown {
  if (UsersError.is(error)) return error
  const code = driverCode(error)
  const options = { cause: error }
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return new StorageConflict('busy', options)
  const message = error instanceof Error ? error.message : ''
  if (message.includes('connection is not open')) return new ClosedError()
  if (message.startsWith('no such table')) return new NotMigratedError(options)
  const reason = reasons.find(([prefix]) => code.startsWith(prefix))?.[1]
  return new StorageFailedError(reason ?? 'unknown', options)
}

/** The code of an SQLite error, such as `SQLITE_BUSY_SNAPSHOT`, or `''`. */
export function driverCode(error: unknown): string {
  const code = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined
  return typeof code === 'string' ? code : ''
}
