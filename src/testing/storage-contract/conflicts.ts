import assert from 'node:assert/strict'
import { type ConflictReason, UsersError } from '../../errors/index.js'
import type { Change, UsersStorage } from '../../ports/storage.js'
import { retryingStorage } from '../../service/runtime/retries.js'

/** Checks that a storage refuses the changes for this reason. */
export async function assertConflict(storage: UsersStorage, changes: readonly Change[], reason: ConflictReason) {
  assert.equal(await outcomeOf(storage.commit(changes)), reason)
}

/** Commits all at once, as many callers would, and counts how the commits ended. */
export async function raced(storage: UsersStorage, commits: readonly (readonly Change[])[]) {
  // Any storage may be busy when many write; what counts is what is told in the end.
  const retrying = retryingStorage(storage)
  const counts: Partial<Record<'done' | ConflictReason, number>> = {}
  for (const outcome of await Promise.all(commits.map((changes) => outcomeOf(retrying.commit(changes))))) {
    counts[outcome] = (counts[outcome] ?? 0) + 1
  }
  return counts
}

async function outcomeOf(commit: Promise<void>): Promise<'done' | ConflictReason> {
  try {
    await commit
    return 'done'
  } catch (error) {
    if (UsersError.is(error) && error.code === 'storage-conflict') return error.reason
    throw error
  }
}
