import { limits } from '../domain/limits.js'
import { WriteContentionError } from '../errors.js'
import type { InTurn } from './in-turn.js'

/**
 * Runs a task for a key in turn, unless the one before it has given up and it has waited for as long itself: when
 * nobody can write, those who queue behind each other would else each try for that long, one after another.
 *
 * @throws {WriteContentionError}
 */
export function patientTurn<T>(inTurn: InTurn, key: string, task: () => Promise<T>): Promise<T> {
  const start = performance.now()
  return inTurn(key, async (errorBefore) => {
    if (errorBefore instanceof WriteContentionError && performance.now() - start > limits.writeBudgetMs) {
      throw new WriteContentionError({ cause: errorBefore.cause })
    }
    return task()
  })
}
