import { expect } from 'vitest'
import { type Fault, type FaultyDatabase, injectionAt } from './database.js'
import { type Committed, requireTold, requireWhole } from './laws.js'
import { isInside, type Observed, observed } from './observed.js'
import { kinds, type Operation } from './operations.js'
import { serviceOver } from './world.js'

/** Runs an operation with each of its statements failing in each way, one after another, and holds the laws each time. */
export async function failEveryStatement<F extends Fault>(database: FaultyDatabase<F>, operation: Operation) {
  await database.restore()
  const before = await database.contents()
  const usual = await observed(database, operation)
  const after = await database.contents()
  let injections = 0
  for (const [at, statement] of usual.statements.entries()) {
    for (const fault of database.faultsOf(statement, isInside(usual.statements, at))) {
      if (!operation.reads) await database.restore()
      const failed = await observed(database, operation, injectionAt(usual.statements, at, fault))
      if (failed.failures.length === 0 && isUpkeep(statement)) continue
      injections++
      try {
        requireOneEnd(failed, fault)
        const committed = requireWhole(operation, await database.contents(), before, after)
        requireTruth(operation, { usual, failed, committed, fault })
        await requireItWorksAgain(committed.some(({ isBefore }) => !isBefore))
      } catch (error) {
        const where = `statement ${at + 1} of ${usual.statements.length}, ${fault.name}: ${statement}`
        throw Object.assign(error as Error, { message: `${where}\n${(error as Error).message}` })
      }
    }
  }
  return { statements: usual.statements.length, injections }

  /** The next operation works, on the same connection, and does what it does without a failure before. */
  async function requireItWorksAgain(isChanged: boolean): Promise<void> {
    const { users } = serviceOver(database.storage)
    expect((await users.getUser('cy')).status).toBe('blocked')
    if (isChanged) await database.restore()
    const again = await observed(database, operation)
    expect(again.outcome.answer).toBe(usual.outcome.answer)
    if (!operation.reads) expect(await database.contents()).toEqual(after)
  }
}

/** Whether it merges the search index, which every fourth commit does, or is of the erasure that a sweep does now and then. */
export const isUpkeep = (statement: string) => /\("rollbook_users_search", "rank"\)|busy_timeout/.test(statement)

/** After a failure nothing more is run in its transaction but the one statement that takes it back. */
function requireOneEnd({ statements, failures }: Observed, { leavesOpen }: Fault): void {
  expect(failures).toHaveLength(1)
  const [at = 0] = failures
  const [next] = statements.slice(at + 1)
  if (leavesOpen && isInside(statements, at)) expect(next).toMatch(/^rollback/i)
  else if (next !== undefined && isInside(statements, at)) expect(next).toMatch(/^(begin|connect|select)/i)
}

interface Ended {
  readonly usual: Observed
  readonly failed: Observed
  /** Which of its commits were made. */
  readonly committed: readonly Committed[]
  readonly fault: Fault
}

/** What the caller is told is what happened. */
function requireTruth({ commits = [{ kinds }], reads }: Operation, { usual, failed, committed, fault }: Ended): void {
  expect(failed.hashes).toBeLessThanOrEqual(usual.hashes)
  if (failed.outcome.answer === usual.outcome.answer) {
    for (const [index, commit] of commits.entries()) {
      if (!('isOptional' in commit)) expect(committed[index]?.isAfter).toBe(true)
    }
    expect(failed.events).toBe(usual.events)
    return
  }
  const { error } = failed.outcome
  requireTold(error, fault)
  expect(failed.events).toBe('[]')
  const isUnknown = failed.outcome.answer === 'commit-outcome-unknown'
  if (reads) expect(isUnknown).toBe(false)
  if (commits.length === 1 && !isUnknown) expect(committed[0]?.isBefore).toBe(true)
}
