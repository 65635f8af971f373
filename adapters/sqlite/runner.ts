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
  function prepared(statement: Statement): PreparedStatement {
    let found = cache.get(statement)
    if (!found) cache.set(statement, (found = handle.prepare(statement.sql)))
    return found
  }
  return {
    // Here and below: the shape of a row is that of the statement, as the caller knows.
    get: <Row>(statement: Statement, args: Args) =>
      prepared(statement).get(...statement.values(args)) as Row | undefined,
    all: <Row>(statement: Statement, args: Args) => prepared(statement).all(...statement.values(args)) as Row[],
    run: (statement, args) => Number(prepared(statement).run(...statement.values(args)).changes),
  }
}
