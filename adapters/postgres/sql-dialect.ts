import { type SqlAnswers, type SqlDialect, sqlDialect, type TableNames } from '../sql/dialect.js'
import { conflictOf, fromDriver } from './connection/driver-error.js'

const answers: SqlAnswers = {
  driver: 'pg',
  createQueryCompiler: ({ PostgresQueryCompiler }) => new PostgresQueryCompiler(),
  createAdapter: ({ PostgresAdapter }) => new PostgresAdapter(),
  toError: (error, { prefix }) => fromDriver(conflictOf(error, prefix)),
  ignoresDuplicates: true,
  locksRows: true,
  limitsDeletes: false,
  wholeNumber: 'bigint',
  // The "C" collation compares texts by their bytes: quickly, in a fixed order, and two are equal only when they are the same.
  text: 'text collate "C"',
  rowNumber: 'bigint generated always as identity primary key',
}

/**
 * Creates the dialect of PostgreSQL for the tables of one storage.
 *
 * @throws {MissingPeerError}
 */
export function postgresDialect(names: TableNames): SqlDialect {
  return sqlDialect(answers, names)
}
