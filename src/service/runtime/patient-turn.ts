import { limits } from '../../domain/limits.js'
import { StorageFailedError, UsersError, WriteContentionError } from '../../errors/index.js'
import type { KeyedMutex } from './keyed-mutex.js'

/**
 * Runs a task for a key in turn, unless the one before it has given up and it has waited for as long itself: when
 * nobody can write, or the storage does not answer, those who queue behind each other would else each try for that
 * long, one after another.
 *
 * @throws {WriteContentionError}
 * @throws {StorageFailedError}
 */
export function patientTurn<T>(inTurn: KeyedMutex, key: string, task: () => Promise<T>): Promise<T> {
  const start = performance.now()
  return inTurn(key, async (errorBefore) => {
    if (performance.now() - start > limits.writeBudgetMs) {
      const sameFate = alsoGivenUp(errorBefore)
      if (sameFate) throw sameFate
    }
    return task()
  })
}

function alsoGivenUp(error: unknown): UsersError | undefined {
  if (!UsersError.is(error)) return undefined
  const options = { cause: error.cause }
  if (error.code === 'write-contention') return new WriteContentionError(options)
  // Whoever waited has sent nothing, so that its own outcome is known.
  if (error.code === 'commit-outcome-unknown') return new StorageFailedError('timeout', options)
  if (error.code !== 'storage-failed') return undefined
  const isAway = ['timeout', 'unreachable', 'no-connection'].includes(error.reason)
  return isAway ? new StorageFailedError(error.reason, options) : undefined
}
