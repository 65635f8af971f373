import { setTimeout as sleep } from 'node:timers/promises'
import { limits } from '../../domain/limits.js'
import { type ConflictReason, TransactionConflictError, UsersError, WriteContentionError } from '../../errors/index.js'
import type { UsersStorage } from '../../ports/storage.js'
import { capabilitiesOf } from './capabilities.js'

const longestPauseMs = 50

/**
 * Retries on this conflict, with growing random pauses. It has a time budget rather than a number of attempts: when
 * many writers meet on one user, most of them would run out of attempts.
 *
 * @throws {WriteContentionError} when the budget is used up.
 */
export async function withRetry<T>(reason: ConflictReason, attempt: () => Promise<T>): Promise<T> {
  const start = performance.now()
  for (let retry = 0; ; retry++) {
    try {
      return await attempt()
    } catch (error) {
      if (conflictReason(error) !== reason) throw error
      if (performance.now() - start > limits.writeBudgetMs) throw new WriteContentionError({ cause: error })
      await sleep(Math.random() * Math.min(2 ** retry, longestPauseMs))
    }
  }
}

/** Returns the reason of a storage conflict, or `undefined` for any other error. */
export function conflictReason(error: unknown): ConflictReason | undefined {
  return UsersError.is(error) && error.code === 'storage-conflict' ? error.reason : undefined
}

/** A storage that retries while it is busy. Inside a transaction of the host it fails fast. */
export function retryingStorage(storage: UsersStorage): UsersStorage {
  return intercepted(storage, (work) => withRetry('busy', work))
}

/** A storage inside a transaction of the host, which has to run again from its start after a conflict. */
function failFastStorage(storage: UsersStorage): UsersStorage {
  return intercepted(storage, (work) => failFast('busy', work))
}

/** @throws {TransactionConflictError} instead of this conflict. */
export async function failFast<T>(reason: ConflictReason, attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt()
  } catch (error) {
    throw conflictReason(error) === reason ? new TransactionConflictError({ cause: error }) : error
  }
}

function intercepted(storage: UsersStorage, access: <T>(work: () => Promise<T>) => Promise<T>): UsersStorage {
  return {
    findUser: (by) => access(() => storage.findUser(by)),
    listUsers: (query) => access(() => storage.listUsers(query)),
    findSession: (secretHash) => access(() => storage.findSession(secretHash)),
    listSessions: (userId, range) => access(() => storage.listSessions(userId, range)),
    listActivity: (userId, range) => access(() => storage.listActivity(userId, range)),
    walk: (kind, part) => access(() => storage.walk(kind, part)),
    commit: (changes) => access(() => storage.commit(changes)),
    sweep: (request) => access(() => storage.sweep(request)),
    close: (options) => storage.close(options),
    // Absent stays absent, so that the core can stand in.
    inTransaction: storage.inTransaction && ((transaction) => insideOf(storage, transaction)),
    // Every key, so that the compiler asks for a new capability too.
  } satisfies { readonly [Name in keyof UsersStorage]-?: UsersStorage[Name] }
}

function insideOf(storage: UsersStorage, transaction: unknown): UsersStorage {
  return failFastStorage(capabilitiesOf(storage).inTransaction(transaction))
}

const reconnectPauseMs = 50

/**
 * Commits, and retries after a lost connection. A conflict may then be our own first attempt, which `wasApplied`
 * checks.
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
      await sleep(reconnectPauseMs)
    }
  }
}
