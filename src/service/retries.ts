import { setTimeout as sleep } from 'node:timers/promises'
import { limits } from '../domain/limits.js'
import { type ConflictReason, UsersError, WriteContentionError } from '../errors.js'
import type { UsersStorage } from '../ports/storage.js'

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

/** Answers the reason of a storage conflict, or `undefined` for any other error. */
export function conflictReason(error: unknown): ConflictReason | undefined {
  return UsersError.is(error) && error.code === 'storage-conflict' ? error.reason : undefined
}

/** A storage that waits, without blocking the process, while other writers are in the way. */
export function patientStorage(storage: UsersStorage): UsersStorage {
  return {
    findUser: (by) => retried('busy', () => storage.findUser(by)),
    listUsers: (query) => retried('busy', () => storage.listUsers(query)),
    findSession: (secretHash) => retried('busy', () => storage.findSession(secretHash)),
    listSessions: (userId, range) => retried('busy', () => storage.listSessions(userId, range)),
    listActivity: (userId, range) => retried('busy', () => storage.listActivity(userId, range)),
    commit: (changes) => retried('busy', () => storage.commit(changes)),
    sweep: (request) => retried('busy', () => storage.sweep(request)),
    close: () => storage.close(),
  }
}
