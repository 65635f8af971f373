import { type SqlAnswers, type SqlDialect, sqlDialect } from '../sql/dialect.js'
import { fromDriver } from './driver/driver-error.js'

const answers: SqlAnswers = {
  driver: 'better-sqlite3',
  createQueryCompiler: ({ SqliteQueryCompiler }) => new SqliteQueryCompiler(),
  createAdapter: ({ SqliteAdapter }) => new SqliteAdapter(),
  toError: fromDriver,
  ignoresDuplicates: true,
  locksRows: false,
  limitsDeletes: false,
  wholeNumber: 'integer',
  text: 'text',
  rowNumber: 'integer primary key autoincrement',
}

/** Returns a function that quotes the names of our tables, for SQL that is written by hand. */
export function tableIn(prefix: string): (name: string) => string {
  return (name) => `"${prefix}${name}"`
}

/**
 * Creates the dialect of SQLite for the tables of a prefix.
 *
 * @throws {MissingPeerError}
 */
export function sqliteDialect(prefix: string): SqlDialect {
  return sqlDialect(answers, { prefix })
}
