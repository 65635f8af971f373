import type { Query, Work } from '../sql/work.js'
import type { Connection } from './connection.js'

/** Does work in the database, one statement after another. */
export async function runOn<T>(connection: Connection, work: Work<T>): Promise<T> {
  let step = work.next()
  while (!step.done) step = work.next(await answerTo(connection, step.value))
  return step.value
}

async function answerTo(connection: Connection, { answer, statement, args }: Query): Promise<unknown> {
  const { rows, rowCount } = await connection.execute(statement, args)
  if (answer === 'row') return rows[0]
  if (answer === 'rows') return rows
  return rowCount ?? 0
}
