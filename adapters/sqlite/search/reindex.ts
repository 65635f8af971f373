import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { ClosedError } from '../../../src/errors/index.js'
import { isBusy, mayBeDamage } from '../driver/driver-error.js'
import type { SqliteHandle } from '../driver/handle.js'
import { isWithoutThreads, type SqliteFile } from '../driver/thread.js'
import type { Transact } from '../driver/transaction.js'
import { tableIn } from '../sql-dialect.js'
import { indexDamage, indexedUsers, indexParts, numberReader } from './index-health.js'
import { countUsers, deferrableIndex, emptyIndex } from './index-schema.js'

// These are indexed in some 10 ms.
const usersInStep = 512
// A step also merges about as much as it adds to the index.
const pagesInStep = 64
const mostBusyMs = 10_000
// Rebuilding the index for these takes some 0.2 s when the file is opened.
export const fewUsers = 10_000

/** Rebuilds the search index in steps. */
export interface Reindex {
  /** Continues an unfinished rebuild, or starts one. */
  begin(): void
  /** Indexes some users. Returns whether all are in the index. */
  step(): boolean
  /** Returns whether a rebuild was started and has not ended. */
  isUnfinished(): boolean
}

/**
 * Users are indexed in the order of their row numbers. `users_to_index` holds the first number that is not indexed yet. The
 * triggers heed it, so that others can write between the steps, and a rebuild that was killed continues from there.
 */
export function createReindex(handle: SqliteHandle, transact: Transact, prefix: string): Reindex {
  const name = tableIn(prefix)
  const index = name('users_search')
  const number = numberReader(handle)
  const firstToIndex = () => number(`select min(first_seq) from ${name('users_to_index')}`)

  /** Returns the settings of this index, such as when FTS5 merges it. */
  function settings(): readonly { readonly k: string; readonly v: unknown }[] | undefined {
    try {
      const rows = handle.prepare(`select k, v from ${name('users_search_config')} where k <> 'version'`).all()
      // The shape of a row is that of the query.
      return rows as { k: string; v: unknown }[]
    } catch {
      // The settings are damaged too.
      return undefined
    }
  }

  function drop(): void {
    const isThere = number('select count(*) from sqlite_master where name = ?', `${prefix}users_search`) === 1
    if (isThere && settings() === undefined) makeSettings()
    for (const [type, parts] of Object.entries(indexParts).reverse()) {
      for (const part of parts) handle.exec(`drop ${type} if exists ${name(part)}`)
    }
  }

  /** FTS5 cannot even drop an index that lacks its settings. (A host's handle does not allow this.) */
  function makeSettings(): void {
    handle.unsafeMode?.(true)
    try {
      handle.exec(`create table if not exists ${name('users_search_config')} (k primary key, v) without rowid`)
      handle.exec(`insert or ignore into ${name('users_search_config')} values ('version', 4)`)
    } finally {
      handle.unsafeMode?.(false)
    }
  }

  /** Returns whether the index holds exactly the users below the mark. */
  function canContinue(): boolean {
    const first = firstToIndex()
    if (first === null) return false
    return indexedUsers(handle, prefix) === number(`select count(*) from ${name('users')} where seq < ?`, first)
  }

  function startOver(): void {
    const kept = settings()
    drop()
    handle.exec(emptyIndex(prefix) + deferrableIndex(prefix))
    handle.exec(countUsers(prefix))
    const set = handle.prepare(`insert into ${index} (${index}, rank) values (?, ?)`)
    // The driver binds numbers as reals, which FTS5 does not accept.
    for (const { k, v } of kept ?? []) set.run(k, typeof v === 'number' ? BigInt(v) : v)
    handle.exec(`insert into ${name('users_to_index')} values (0)`)
  }

  return {
    isUnfinished: () => firstToIndex() !== null,
    begin() {
      transact(() => {
        if (indexDamage(handle, prefix) !== undefined || !canContinue()) startOver()
      })
    },
    step: () =>
      transact(() => {
        const first = firstToIndex()
        if (first === null) return true
        const end = number(
          `select seq from ${name('users')} where seq >= ? order by seq limit 1 offset ${usersInStep}`,
          first,
        )
        handle
          .prepare(`insert into ${index} (rowid, search_text)
            select seq, search_text from ${name('users_searched')} where seq >= ? and seq < ?`)
          .run(first, end ?? Number.MAX_SAFE_INTEGER)
        handle.prepare(`insert into ${index} (${index}, rank) values ('merge', ?)`).run(BigInt(pagesInStep))
        if (end === null) handle.exec(`delete from ${name('users_to_index')}`)
        else handle.prepare(`update ${name('users_to_index')} set first_seq = ?`).run(end)
        return end === null
      }),
  }
}

/** Rebuilds the index. It pauses after each step for as long as the step took, and waits for the locks of others. */
export async function reindexInSteps({ begin, step }: Reindex): Promise<void> {
  let busySince: number | undefined
  let isBegun = false
  for (let isDone = false; !isDone; ) {
    const start = performance.now()
    try {
      if (isBegun) isDone = step()
      else begin()
      isBegun = true
      busySince = undefined
    } catch (error) {
      busySince ??= start
      if (!isBusy(error) || start - busySince > mostBusyMs) throw error
    }
    await pause(Math.min(100, performance.now() - start))
  }
}

/** Rebuilds the index of few users at once, if it is damaged or unfinished. */
export function reindexFew(handle: SqliteHandle, transact: Transact, prefix: string): void {
  const { count } = handle
    .prepare(`select coalesce(max(seq), 0) as count from ${tableIn(prefix)('users')}`)
    .get() as Counted
  if (count > fewUsers) return
  const { begin, step, isUnfinished } = createReindex(handle, transact, prefix)
  try {
    if (indexDamage(handle, prefix) === undefined && !isUnfinished()) return
    begin()
    while (!step());
  } catch (error) {
    // A search will report it. The rest of the storage works without the index.
    if (!mayBeDamage(error)) throw error
  }
}

interface Counted {
  readonly count: number
}

/** Rebuilds the index in a thread. `inProcess` does it where none can start, as in a bundle without the thread's file. */
export async function threadedReindex(
  file: SqliteFile,
  closing: AbortSignal,
  inProcess: () => Promise<void>,
): Promise<void> {
  try {
    const worker = new Worker(new URL('./reindex-worker.js', import.meta.url), { workerData: file })
    closing.addEventListener('abort', () => void worker.terminate())
    await once(worker, 'exit')
    if (closing.aborted) throw new ClosedError()
  } catch (error) {
    if (!isWithoutThreads(error)) throw error
    await inProcess()
  }
}
