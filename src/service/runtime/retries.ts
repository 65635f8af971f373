import { setTimeout as sleep } from 'node:timers/promises'
import { limits } from '../../domain/limits.js'
import { type ConflictReason, TransactionConflictError, UsersError, WriteContentionError } from '../../errors/index.js'
import type { UsersStorage } from '../../ports/storage.js'

const longestPauseMs = 50

/**
 * Tries again while a storage answers with one of these conflicts, with growing random pauses. A fixed number of tries
 * loses most of many writers that meet on one user; a time budget does not.
 *
 * @throws {WriteContentionError} when the budget is used up.
 */
export async function retried<T>(reason: ConflictReason, attempt: () => Promise<T>): Promise<T> {
  const start = performance.now()
  for (let tries = 0; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      if (conflictReason(error) !== reason) throw error
      if (performance.now() - start > limits.writeBudgetMs) throw new WriteContentionError({ cause: error })
      await sleep(Math.random() * Math.min(2 ** tries, longestPauseMs))
    }
  }
}

/** Returns the reason of a storage conflict, or `undefined` for any other error. */
export function conflictReason(error: unknown): ConflictReason | undefined {
  return UsersError.is(error) && error.code === 'storage-conflict' ? error.reason : undefined
}

/** A storage that waits, without blocking the process, while other writers are in the way. */
export function patientStorage(storage: UsersStorage): UsersStorage {
  return accessed(storage, (work) => retried('busy', work))
}

/** A storage inside a transaction of the host, which is to be run again from its start when others are in the way. */
export function impatientStorage(storage: UsersStorage): UsersStorage {
  return accessed(storage, (work) => untried('busy', work))
}

/** @throws {TransactionConflictError} in the place of this conflict. */
export async function untried<T>(reason: ConflictReason, attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt()
  } catch (error) {
    throw conflictReason(error) === reason ? new TransactionConflictError({ cause: error }) : error
  }
}

function accessed(storage: UsersStorage, access: <T>(work: () => Promise<T>) => Promise<T>): UsersStorage {
  return {
    findUser: (by) => access(() => storage.findUser(by)),
    listUsers: (query) => access(() => storage.listUsers(query)),
    findSession: (secretHash) => access(() => storage.findSession(secretHash)),
    listSessions: (userId, range) => access(() => storage.listSessions(userId, range)),
    listActivity: (userId, range) => access(() => storage.listActivity(userId, range)),
    listAllSessions: (walk) => access(() => storage.listAllSessions(walk)),
    listAllActivity: (walk) => access(() => storage.listAllActivity(walk)),
    listTombstones: (walk) => access(() => storage.listTombstones(walk)),
    commit: (changes) => access(() => storage.commit(changes)),
    sweep: (request) => access(() => storage.sweep(request)),
    close: (options) => storage.close(options),
  }
}
