import type { Query, Work } from '../sql/work.js'
import type { Session } from './session.js'

/** Does work in the database, one statement after another. */
export async function runOn<T>(session: Session, work: Work<T>): Promise<T> {
  let step = work.next()
  while (!step.done) step = work.next(await answerTo(session, step.value))
  return step.value
}

async function answerTo(session: Session, { answer, statement, args }: Query): Promise<unknown> {
  const { rows, rowCount } = await session.execute(statement, args)
  if (answer === 'row') return rows[0]
  if (answer === 'rows') return rows
  return rowCount ?? 0
}
