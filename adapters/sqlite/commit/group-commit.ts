import { setImmediate, setTimeout } from 'node:timers'
import { CommitOutcomeUnknownError, InsideTransactionError, StorageConflict } from '../../../src/errors/index.js'
import type { Change } from '../../../src/ports/storage.js'
import { isBusy } from '../driver/driver-error.js'
import type { SqliteHandle } from '../driver/handle.js'
import type { Runner } from '../driver/runner.js'
import { rowsWritten } from '../driver/runner.js'
import type { Transact } from '../driver/transaction.js'
import type { Upkeep } from './upkeep.js'

// The process does nothing else while a group is applied. Twice as many would hardly save syncs any more.
const mostCommits = 64
const mostMs = 10
// Were a group refused as soon as another process is in the way, its commits would come again one by one. And who asks
// for the lock often gets it: among processes that never stop writing it is free for moments only.
const mostBusyMs = 100
const longestPauseMs = 4

/** Lets commits that wait at the same time share one transaction, and with it one sync of the disk. */
export interface GroupCommit {
  /**
   * Applies all changes or none, in the order of the calls. Those who call in the same turn of the event loop are a
   * group. The changes must stay as they are until the promise is settled.
   *
   * @throws {InsideTransactionError} when the host has begun a transaction meanwhile.
   * @throws {StorageConflict}
   * @throws {CommitOutcomeUnknownError}
   */
  commit(changes: readonly Change[]): Promise<void>
  /** Does at once what waits. */
  finish(): void
}

interface Waiting {
  readonly changes: readonly Change[]
  resolve(): void
  reject(error: unknown): void
}

/**
 * `apply` applies the changes of one commit inside a transaction. Each commit of a group has its own end: a conflict is
 * told to that one alone, and nobody hears of a success before the transaction of all is on the disk.
 *
 * Commits are not fenced by savepoints: at each of them FTS5 writes out a part of the search index, which costs nearly
 * as much as the rows. A commit that is refused before it has written anything, as those of the core are, is left out
 * of the group. Whatever else goes wrong takes the whole group back, and then each has a transaction of its own.
 */
export function createGroupCommit(
  handle: SqliteHandle,
  run: Runner,
  transact: Transact,
  apply: (changes: readonly Change[]) => void,
  upkeep: Upkeep,
): GroupCommit {
  let isSynced: boolean | undefined
  const waiting: Waiting[] = []
  /** How many commits of the last group were begun. */
  let tried = 0
  /** How many, from the first on, get a transaction of their own. */
  let alone = 0
  /** Since when another process has been in the way of the group that waits. */
  let busySince: number | undefined

  function applyGroup(): (StorageConflict | undefined)[] {
    const outcomes: (StorageConflict | undefined)[] = []
    const start = performance.now()
    upkeep.begun()
    for (const { changes } of waiting) {
      if (tried === mostCommits || (tried > 0 && performance.now() - start > mostMs)) break
      tried++
      upkeep.before(changes)
      outcomes.push(conflictOf(changes))
    }
    upkeep.beforeCommit()
    return outcomes
  }

  function commitAlone(changes: readonly Change[]): void {
    transact(() => {
      upkeep.begun()
      upkeep.before(changes)
      apply(changes)
      upkeep.beforeCommit()
    })
    upkeep.afterCommit()
  }

  /** Applies a commit, or answers why it was refused without a trace: all it may leave is a row number that nobody gets. */
  function conflictOf(changes: readonly Change[]): StorageConflict | undefined {
    const before = run(rowsWritten())
    try {
      apply(changes)
      return undefined
    } catch (error) {
      if (error instanceof StorageConflict && run(rowsWritten()) === before) return error
      throw error
    }
  }

  function nextAlone(): void {
    const [next] = waiting
    if (!next) return
    const start = performance.now()
    let end = next.resolve
    try {
      commitAlone(next.changes)
      busySince = undefined
    } catch (error) {
      if (isInTheWay(error, start)) return
      end = () => next.reject(error)
    }
    waiting.shift()
    alone = Math.max(0, alone - 1)
    end()
  }

  function nextGroup(): void {
    const start = performance.now()
    tried = 0
    try {
      settle(transact(applyGroup))
    } catch (error) {
      // What may be made must not be made again: whoever asked for it decides.
      if (error instanceof CommitOutcomeUnknownError) refuse(tried, error)
      else if (!isInTheWay(error, start)) alone = Math.max(1, tried)
      return
    }
    upkeep.afterCommit()
  }

  /** Returns whether another process is in the way, and refuses all that wait when it has been for too long. */
  function isInTheWay(error: unknown, start: number): boolean {
    busySince = isBusy(error) ? (busySince ?? start) : undefined
    if (busySince === undefined) return false
    if (performance.now() - busySince > mostBusyMs) refuse(waiting.length, error)
    return true
  }

  function settle(outcomes: readonly (StorageConflict | undefined)[]): void {
    busySince = undefined
    for (const [index, { resolve, reject }] of waiting.splice(0, outcomes.length).entries()) {
      const conflict = outcomes[index]
      if (conflict) reject(conflict)
      else resolve()
    }
  }

  function refuse(count: number, error: unknown): void {
    alone = 0
    busySince = undefined
    for (const { reject } of waiting.splice(0, count)) reject(error)
  }

  function next(): void {
    if (handle.inTransaction) refuse(waiting.length, new InsideTransactionError())
    else if (alone > 0 || waiting.length === 1) nextAlone()
    else nextGroup()
  }

  /** One group in a turn of the event loop, so that other work gets in between. */
  function turn(): void {
    if (waiting.length > 0) next()
    if (waiting.length > 0) schedule()
  }

  function schedule(): void {
    if (busySince === undefined) setImmediate(turn)
    else setTimeout(turn, Math.random() * longestPauseMs)
  }

  return {
    async commit(changes) {
      isSynced ??= waitsForDisk(handle)
      if (!isSynced && waiting.length === 0) {
        try {
          return commitAlone(changes)
        } catch (error) {
          // From now on it waits with others, if there are any.
          if (!isInTheWay(error, performance.now())) throw error
        }
      }
      await new Promise<void>((resolve, reject) => {
        if (waiting.push({ changes, resolve, reject }) === 1) schedule()
      })
    },
    finish() {
      while (waiting.length > 0) {
        // Another process that is in the way is not waited for.
        busySince = Number.NEGATIVE_INFINITY
        next()
      }
      busySince = undefined
    },
  }
}

/** Whether each commit is a sync of the disk. Where it is not, there is nothing to share that is worth a wait. */
function waitsForDisk(handle: SqliteHandle): boolean {
  const settings = handle.prepare(`
    select synchronous >= 2 and file <> '' as is_synced
    from pragma_synchronous, pragma_database_list where name = 'main'`)
  // The shape of the row is that of the query.
  return Boolean((settings.get() as { is_synced: number }).is_synced)
}
