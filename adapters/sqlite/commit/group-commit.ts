import { setImmediate, setTimeout } from 'node:timers'
import { CommitOutcomeUnknownError, InsideTransactionError, StorageConflict } from '../../../src/errors/index.js'
import type { Change } from '../../../src/ports/storage.js'
import { isBusy } from '../driver/driver-error.js'
import type { SqliteHandle } from '../driver/handle.js'
import type { Runner } from '../driver/runner.js'
import { rowsWritten } from '../driver/runner.js'
import type { Transact } from '../driver/transaction.js'
import type { Upkeep } from '../search/upkeep.js'

// A group blocks the process while it is applied. Twice as many commits would hardly save any more syncs.
const mostCommits = 64
const mostMs = 10
// A group that was refused as soon as another process has the lock would come back as single commits. And asking often
// gets the lock: among processes that never stop writing it is free for moments only.
const mostBusyMs = 100
const longestPauseMs = 4

/** Lets commits of the same moment share one transaction, and with it one sync of the disk. */
export interface GroupCommit {
  /**
   * Applies all changes or none, in the order of the calls. Where each commit is synced to the disk, calls of the same
   * turn of the event loop form groups, of up to 64 commits or 10 ms. The changes must not be altered until the promise
   * settles.
   *
   * @throws {InsideTransactionError} when the host has begun a transaction meanwhile.
   * @throws {StorageConflict}
   * @throws {CommitOutcomeUnknownError}
   */
  commit(changes: readonly Change[]): Promise<void>
  /** Commits everything that is waiting, at once. */
  finish(): void
}

interface Waiting {
  readonly changes: readonly Change[]
  resolve(): void
  reject(error: unknown): void
}

/**
 * `apply` applies the changes of one commit inside a transaction. Each commit of a group has its own outcome: a conflict
 * rejects that one only, and none resolves before the shared transaction is on the disk.
 *
 * There are no savepoints between the commits: at each one FTS5 would flush a part of the search index, at nearly the cost
 * of the rows. A commit that is refused before it has written anything, as those of the core are, just drops out of the
 * group. Any other failure rolls the group back, and each of its commits gets a transaction of its own.
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
  /** How many commits the last group tried. */
  let tried = 0
  /** How many, from the first in the queue, get a transaction of their own. */
  let singles = 0
  /** Since when another process has held the lock that the queue waits for. */
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

  function commitSingle(changes: readonly Change[]): void {
    transact(() => {
      upkeep.begun()
      upkeep.before(changes)
      apply(changes)
      upkeep.beforeCommit()
    })
    upkeep.afterCommit()
  }

  /** Applies a commit, or returns the conflict of one that has written nothing. All it may leave is an unused row number. */
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

  function nextSingle(): void {
    const [next] = waiting
    if (!next) return
    const start = performance.now()
    let end = next.resolve
    try {
      commitSingle(next.changes)
      busySince = undefined
    } catch (error) {
      if (isBlocked(error, start)) return
      end = () => next.reject(error)
    }
    waiting.shift()
    singles = Math.max(0, singles - 1)
    end()
  }

  function nextGroup(): void {
    const start = performance.now()
    tried = 0
    try {
      settle(transact(applyGroup))
    } catch (error) {
      // What may have been committed must not be repeated: the callers decide.
      if (error instanceof CommitOutcomeUnknownError) refuse(tried, error)
      else if (!isBlocked(error, start)) singles = Math.max(1, tried)
      return
    }
    upkeep.afterCommit()
  }

  /** Returns whether another process holds the lock, and rejects the whole queue when it has for too long. */
  function isBlocked(error: unknown, start: number): boolean {
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
    singles = 0
    busySince = undefined
    for (const { reject } of waiting.splice(0, count)) reject(error)
  }

  function next(): void {
    if (handle.inTransaction) refuse(waiting.length, new InsideTransactionError())
    else if (singles > 0 || waiting.length === 1) nextSingle()
    else nextGroup()
  }

  /** One group a turn of the event loop, so that other work gets in between. */
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
          return commitSingle(changes)
        } catch (error) {
          // It joins the queue, and waits for the lock there.
          if (!isBlocked(error, performance.now())) throw error
        }
      }
      await new Promise<void>((resolve, reject) => {
        if (waiting.push({ changes, resolve, reject }) === 1) schedule()
      })
    },
    finish() {
      while (waiting.length > 0) {
        // Does not wait for another process.
        busySince = Number.NEGATIVE_INFINITY
        next()
      }
      busySince = undefined
    },
  }
}

/** Returns whether each commit syncs the disk. Otherwise there is nothing to share that is worth a wait. */
function waitsForDisk(handle: SqliteHandle): boolean {
  const settings = handle.prepare(`
    select synchronous >= 2 and file <> '' as is_synced
    from pragma_synchronous, pragma_database_list where name = 'main'`)
  // The shape of the row is that of the query.
  return Boolean((settings.get() as { is_synced: number }).is_synced)
}
