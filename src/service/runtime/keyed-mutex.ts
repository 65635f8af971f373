import { limits } from '../../domain/limits.js'
import { StorageFailedError, type StorageFailureReason, UsersError, WriteContentionError } from '../../errors/index.js'

/** Runs one task at a time for each key. */
export interface KeyedMutex {
  /**
   * Runs a task once all earlier tasks for its key have ended, and passes it the error that the last of them ended
   * with.
   */
  runExclusive<T>(key: string, task: (previousError?: unknown) => Promise<T>): Promise<T>
}

/**
 * Creates a mutex, so that changes of one user do not race each other within this process. (The storage's version check
 * settles races with other processes.) A key without tasks costs no memory.
 */
export function createKeyedMutex(): KeyedMutex {
  const last = new Map<string, Promise<unknown>>()
  return {
    async runExclusive(key, task) {
      const mine = (last.get(key) ?? Promise.resolve()).then(() => task(), task)
      last.set(key, mine)
      try {
        return await mine
      } finally {
        if (last.get(key) === mine) last.delete(key)
      }
    },
  }
}

/**
 * Runs a task exclusively, but fails fast: if the previous task timed out on contention and this one has waited the
 * full budget, it is rejected. Otherwise N waiters would each burn the budget in turn.
 *
 * @throws {WriteContentionError}
 * @throws {StorageFailedError}
 */
export function runWithinBudget<T>(mutex: KeyedMutex, key: string, task: () => Promise<T>): Promise<T> {
  const start = performance.now()
  return mutex.runExclusive(key, async (previousError) => {
    if (performance.now() - start > limits.writeBudgetMs) {
      const sameFailure = timedOutLike(previousError)
      if (sameFailure) throw sameFailure
    }
    return task()
  })
}

const unavailable: readonly StorageFailureReason[] = ['timeout', 'unreachable', 'no-connection']

/** The error for a task that would time out as the previous one did, or `undefined` when that failed otherwise. */
function timedOutLike(error: unknown): UsersError | undefined {
  if (!UsersError.is(error)) return undefined
  const options = { cause: error.cause }
  if (error.code === 'write-contention') return new WriteContentionError(options)
  // The waiter has sent nothing, so its own outcome is known.
  if (error.code === 'commit-outcome-unknown') return new StorageFailedError('timeout', options)
  if (error.code !== 'storage-failed') return undefined
  return unavailable.includes(error.reason) ? new StorageFailedError(error.reason, options) : undefined
}
