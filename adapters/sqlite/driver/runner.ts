import type { Statement } from '../../sql/statement.js'
import type { Query, Work } from '../../sql/work.js'
import type { PreparedStatement, SqliteHandle } from './handle.js'
import { rowsAsArrays } from './rows-as-arrays.js'

/** Does work in the database, at once: each statement is prepared once. */
export type Runner = <T>(work: Work<T>) => T

export function createRunner(handle: SqliteHandle): Runner {
  const cache = new Map<Statement, PreparedStatement>()
  function preparedOnce({ answer, statement }: Query): PreparedStatement {
    const known = cache.get(statement)
    if (known) return known
    const prepared = handle.prepare(statement.sql)
    const quickest = answer === 'changes' ? prepared : rowsAsArrays(prepared)
    cache.set(statement, quickest)
    return quickest
  }
  function answerTo(query: Query): unknown {
    const prepared = preparedOnce(query)
    const values = query.statement.values(query.args)
    if (query.answer === 'row') return prepared.get(...values)
    if (query.answer === 'rows') return prepared.all(...values)
    return Number(prepared.run(...values).changes)
  }
  return (work) => {
    let step = work.next()
    while (!step.done) step = work.next(answerTo(step.value))
    return step.value
  }
}
