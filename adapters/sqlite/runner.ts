import type { Statement } from '../sql/statement.js'
import type { Query, Work } from '../sql/work.js'
import type { PreparedStatement, SqliteHandle } from './handle.js'

/** Does work in the database, at once: each statement is prepared once. */
export type Runner = <T>(work: Work<T>) => T

export function createRunner(handle: SqliteHandle): Runner {
  const cache = new Map<Statement, PreparedStatement>()
  function preparedOnce(statement: Statement): PreparedStatement {
    const known = cache.get(statement)
    if (known) return known
    const prepared = handle.prepare(statement.sql)
    cache.set(statement, prepared)
    return prepared
  }
  function answerTo({ answer, statement, args }: Query): unknown {
    const prepared = preparedOnce(statement)
    const values = statement.values(args)
    if (answer === 'row') return prepared.get(...values)
    if (answer === 'rows') return prepared.all(...values)
    return Number(prepared.run(...values).changes)
  }
  return (work) => {
    let step = work.next()
    while (!step.done) step = work.next(answerTo(step.value))
    return step.value
  }
}
