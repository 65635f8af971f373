import {
  ClosedError,
  NotMigratedError,
  StorageConflict,
  StorageFailedError,
  type StorageFailureReason,
  UsersError,
} from '../../../src/errors/index.js'

const reasons: readonly (readonly [code: string, reason: StorageFailureReason])[] = [
  ['SQLITE_FULL', 'full'],
  // No room for the index of the write-ahead log to grow.
  ['SQLITE_IOERR_SHMSIZE', 'full'],
  // Without a write-ahead log, SQLite itself notices a replaced file.
  ['SQLITE_READONLY_DBMOVED', 'replaced'],
  ['SQLITE_READONLY', 'read-only'],
  ['SQLITE_CORRUPT_VTAB', 'index'],
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_NOTADB', 'corrupt'],
]

// `node:sqlite` gives codes as numbers: https://sqlite.org/rescode.html
const primaryCodes: Readonly<Record<number, string>> = {
  5: 'SQLITE_BUSY',
  6: 'SQLITE_LOCKED',
  8: 'SQLITE_READONLY',
  10: 'SQLITE_IOERR',
  11: 'SQLITE_CORRUPT',
  13: 'SQLITE_FULL',
  26: 'SQLITE_NOTADB',
}
// Those with another meaning than their primary code.
const extendedCodes: Readonly<Record<number, string>> = {
  267: 'SQLITE_CORRUPT_VTAB',
  1032: 'SQLITE_READONLY_DBMOVED',
}
const closed = /connection is not open|database is not open|statement has been finalized/

/** Turns what a driver throws into our errors. Its messages name tables and columns, and hold no values. */
export function fromDriver(error: unknown): unknown {
  if (UsersError.is(error)) return error
  const code = driverCode(error)
  const options = { cause: error }
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return new StorageConflict('busy', options)
  const message = messageOf(error)
  if (closed.test(message)) return new ClosedError()
  if (message.startsWith('no such table')) return new NotMigratedError(options)
  // By its message: `on delete restrict` has the code of a trigger. Foreign keys of ours are never violated.
  if (message.includes('FOREIGN KEY constraint failed')) return new StorageFailedError('referenced', options)
  const reason = reasons.find(([prefix]) => code.startsWith(prefix))?.[1]
  return new StorageFailedError(reason ?? 'unknown', options)
}

/** Works on errors of another realm too: under Jest, Node's own modules throw those. */
function messageOf(error: unknown): string {
  const message: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'message') : undefined
  return typeof message === 'string' ? message : ''
}

/** Returns whether the error may come from a damaged or missing part of the search index. */
export function mayBeDamage(error: unknown): boolean {
  return driverCode(error).startsWith('SQLITE_CORRUPT') || ofIndex.test(messageOf(error))
}

const ofIndex =
  /SQL logic error|fts5|vtable constructor|no such table: \S{0,64}(users_search|users_searched|search_terms|user_blocks|users_to_index)/

/** Returns whether another connection holds a lock. */
export function isBusy(error: unknown): boolean {
  const refusal = fromDriver(error)
  return refusal instanceof StorageConflict && refusal.reason === 'busy'
}

/**
 * Returns the code of an SQLite or file system error, or `''`. From better-sqlite3 it is an extended one, such as
 * `SQLITE_BUSY_SNAPSHOT`; from `node:sqlite` a primary one, as far as it matters here.
 */
export function driverCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  const number = Reflect.get(error, 'errcode')
  if (typeof number === 'number' && extendedCodes[number]) return extendedCodes[number]
  // The extended codes hold the primary one in their lowest byte.
  if (typeof number === 'number') return primaryCodes[number & 0xff] ?? ''
  const code = Reflect.get(error, 'code')
  return typeof code === 'string' ? code : ''
}
