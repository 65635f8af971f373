import { setTimeout as sleep } from 'node:timers/promises'
import { limits } from '../../domain/limits.js'
import { UsersError } from '../../errors/index.js'
import { conflictReason } from './retries.js'

const pauseMs = 50

/**
 * Commits, and when the connection is lost on the way finds out what became of it: the same changes are tried again,
 * and the conflict that they meet may be with themselves, which `wasApplied` knows.
 *
 * @throws {CommitOutcomeUnknownError} when the storage does not come back within the budget.
 */
export async function commitIdempotently(
  commit: () => Promise<void>,
  wasApplied: () => Promise<boolean>,
): Promise<void> {
  const start = performance.now()
  let unknown: unknown
  async function attempt(): Promise<void> {
    try {
      await commit()
    } catch (error) {
      if (unknown === undefined || conflictReason(error) === undefined || !(await wasApplied())) throw error
    }
  }
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (conflictReason(error) !== undefined) throw error
      if (UsersError.is(error) && error.code === 'commit-outcome-unknown') unknown ??= error
      if (unknown === undefined) throw error
      if (performance.now() - start > limits.writeBudgetMs) throw unknown
      await sleep(pauseMs)
    }
  }
}
