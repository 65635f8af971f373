import { type SqlAnswers, type SqlDialect, sqlDialect, type TableNames } from '../sql/dialect.js'

const answers: SqlAnswers = {
  driver: 'pg',
  createQueryCompiler: ({ PostgresQueryCompiler }) => new PostgresQueryCompiler(),
  createAdapter: ({ PostgresAdapter }) => new PostgresAdapter(),
  ignoresDuplicates: true,
  locksRows: true,
  limitsDeletes: false,
  wholeNumber: 'bigint',
}

/** @throws {MissingPeerError} */
export function postgresDialect(names: TableNames): SqlDialect {
  return sqlDialect(answers, names)
}
