import { expect } from 'vitest'
import { UsersError } from '../../src/index.js'
import { type Fault, type FaultyDatabase, injectionAt } from './database.js'
import { isUpkeep } from './every-statement.js'
import { isInside, type Observed, observed } from './observed.js'
import type { Operation } from './operations.js'

/** In which ways others can be in the way of a statement, and how the database refuses what must not be tried again. */
export interface Refusals<F extends Fault> {
  conflictsOf(statement: string): readonly F[]
  finalOf(statement: string): readonly F[]
}

const isOfCommit = (statement: string) => /^(begin|commit|insert|update|delete)/i.test(statement)

/**
 * Lets each statement meet a conflict three times, one statement after another. In the end there is what there is
 * without conflicts: with the ids and times of the first attempt, though the clock goes on, and all else done once.
 */
export async function conflictEveryStatement<F extends Fault>(
  database: FaultyDatabase<F>,
  operation: Operation,
  { conflictsOf }: Refusals<F>,
): Promise<void> {
  await database.restore()
  const usual = await observed(database, operation)
  const after = await database.contents()
  for (const [at, statement] of usual.statements.entries()) {
    if (isUpkeep(statement)) continue
    // Before its commit an operation may look at the clock as often as it likes.
    const isTimePassing = !operation.commits && (isInside(usual.statements, at) || isOfCommit(statement))
    for (const fault of conflictsOf(statement)) {
      if (!operation.reads) await database.restore()
      const injection = { ...injectionAt(usual.statements, at, fault), times: 3 }
      const retried = await observed(database, operation, injection, isTimePassing)
      const where = `statement ${at + 1}, ${fault.name}: ${statement}`
      expect(told(retried), where).toEqual(told(usual))
      expect(await database.contents(), where).toEqual(after)
      // What is asked for a better plan only is not asked again.
      expect(retried.failures.length, where).toBeGreaterThanOrEqual(isTimePassing ? 3 : 1)
    }
  }
}

function told({ outcome, events, hashes }: Observed) {
  return { answer: outcome.answer, events, hashes }
}

/** Refuses each statement of a commit for good: it is not tried again. */
export async function refuseEveryWrite<F extends Fault>(
  database: FaultyDatabase<F>,
  operation: Operation,
  { finalOf }: Refusals<F>,
): Promise<void> {
  await database.restore()
  const before = await database.contents()
  const { statements } = await observed(database, operation)
  for (const [at, statement] of statements.entries()) {
    if (!isOfCommit(statement) || isUpkeep(statement)) continue
    for (const fault of finalOf(statement)) {
      await database.restore()
      const refused = await observed(database, operation, injectionAt(statements, at, fault))
      const [failedAt = 0] = refused.failures
      const where = `statement ${at + 1}, ${fault.name}: ${statement}`
      const { error } = refused.outcome
      expect(UsersError.is(error) && error.code, where).toBe('storage-failed')
      expect(
        refused.statements.slice(failedAt + 1).filter((text) => !/^rollback/i.test(text)),
        where,
      ).toEqual([])
      expect(await database.contents(), where).toEqual(before)
    }
  }
}
