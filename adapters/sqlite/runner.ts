import type { Statement } from '../sql/statement.js'
import type { PreparedStatement, SqliteHandle } from './handle.js'

/** Arguments by name. */
type Args = object

/** Runs compiled statements, each prepared once. */
export interface Runner {
  get<Row>(statement: Statement, args: Args): Row | undefined
  all<Row>(statement: Statement, args: Args): Row[]
  /** Answers how many rows were changed. */
  run(statement: Statement, args: Args): number
}

export function createRunner(handle: SqliteHandle): Runner {
  const cache = new Map<Statement, PreparedStatement>()
  function preparedOnce(statement: Statement): PreparedStatement {
    const known = cache.get(statement)
    if (known) return known
    const prepared = handle.prepare(statement.sql)
    cache.set(statement, prepared)
    return prepared
  }
  return {
    // Here and below: the shape of a row is that of the statement, as the caller knows.
    get: <Row>(statement: Statement, args: Args) =>
      preparedOnce(statement).get(...statement.values(args)) as Row | undefined,
    all: <Row>(statement: Statement, args: Args) => preparedOnce(statement).all(...statement.values(args)) as Row[],
    run: (statement, args) => Number(preparedOnce(statement).run(...statement.values(args)).changes),
  }
}
