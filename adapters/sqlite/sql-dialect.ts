import { type SqlAnswers, type SqlDialect, sqlDialect } from '../sql/dialect.js'

const answers: SqlAnswers = {
  driver: 'better-sqlite3',
  createQueryCompiler: ({ SqliteQueryCompiler }) => new SqliteQueryCompiler(),
  createAdapter: ({ SqliteAdapter }) => new SqliteAdapter(),
  ignoresDuplicates: true,
  locksRows: false,
  limitsDeletes: false,
  wholeNumber: 'integer',
}

/** Returns what names the tables of a prefix, quoted, in SQL that is written by hand. */
export function tableIn(prefix: string): (name: string) => string {
  return (name) => `"${prefix}${name}"`
}

/** @throws {MissingPeerError} */
export function sqliteDialect(prefix: string): SqlDialect {
  return sqlDialect(answers, { prefix })
}
