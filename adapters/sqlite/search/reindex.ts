import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { ClosedError } from '../../../src/errors/index.js'
import { isBusy, mayBeDamage } from '../driver/driver-error.js'
import type { SqliteHandle } from '../driver/handle.js'
import { isWithoutThreads, type SqliteFile } from '../driver/thread.js'
import type { Transact } from '../driver/transaction.js'
import { tableIn } from '../sql-dialect.js'
import { indexDamage, indexedUsers, indexParts } from './index-health.js'
import { countUsers, emptyIndex, indexTogether } from './index-schema.js'

// Indexed in some 10 ms.
const usersInStep = 512
// What a step adds to the index, about, is merged in the same step.
const pagesInStep = 64
const mostBusyMs = 10_000
// Some 0.2 s, when the file is opened.
export const fewUsers = 10_000

/** Creates the search index anew, a part in each step. */
export interface Reindex {
  /** Goes on with what another one has begun, or begins. */
  begin(): void
  /** Returns whether all users are in the index. */
  step(): boolean
  /** Whether somebody has begun, and users are still to enter the index. */
  isUnfinished(): boolean
}

/**
 * Users enter the index in the order of their numbers. `users_to_index` says from which number on they are still to enter
 * it, which the triggers heed: others may write between the steps, and whoever comes after a kill goes on from there.
 */
export function createReindex(handle: SqliteHandle, transact: Transact, prefix: string): Reindex {
  const name = tableIn(prefix)
  const index = name('users_search')
  // The shape of each answer is that of its query.
  const number = (sql: string, ...values: unknown[]) =>
    (handle.prepare(`select (${sql}) as number`).get(...values) as { number: number | null }).number
  const firstToIndex = () => number(`select min(first_seq) from ${name('users_to_index')}`)

  /** What FTS5 was told for this index, such as when it merges. */
  function settings(): readonly { readonly k: string; readonly v: unknown }[] | undefined {
    try {
      const rows = handle.prepare(`select k, v from ${name('users_search_config')} where k <> 'version'`).all()
      // The shape of a row is that of the query.
      return rows as { k: string; v: unknown }[]
    } catch {
      // It is among what is damaged.
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

  /** Without them FTS5 cannot even drop an index. On a host's own handle there is no right to it. */
  function makeSettings(): void {
    handle.unsafeMode?.(true)
    try {
      handle.exec(`create table if not exists ${name('users_search_config')} (k primary key, v) without rowid`)
      handle.exec(`insert or ignore into ${name('users_search_config')} values ('version', 4)`)
    } finally {
      handle.unsafeMode?.(false)
    }
  }

  /** Whether the index has the users below the mark and no others. */
  function canGoOn(): boolean {
    const first = firstToIndex()
    if (first === null) return false
    return indexedUsers(handle, prefix) === number(`select count(*) from ${name('users')} where seq < ?`, first)
  }

  function beginAnew(): void {
    const kept = settings()
    drop()
    handle.exec(emptyIndex(prefix) + indexTogether(prefix))
    handle.exec(countUsers(prefix))
    const set = handle.prepare(`insert into ${index} (${index}, rank) values (?, ?)`)
    // The driver gives numbers as reals, which FTS5 does not take.
    for (const { k, v } of kept ?? []) set.run(k, typeof v === 'number' ? BigInt(v) : v)
    handle.exec(`insert into ${name('users_to_index')} values (0)`)
  }

  return {
    isUnfinished: () => firstToIndex() !== null,
    begin() {
      transact(() => {
        if (indexDamage(handle, prefix) !== undefined || !canGoOn()) beginAnew()
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

/** Creates the index anew with as much time for others as it takes, whom it waits for too. */
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

/** Creates the index of few users anew at once, if it is damaged or half made. */
export function reindexFew(handle: SqliteHandle, transact: Transact, prefix: string): void {
  const { count } = handle.prepare(`select coalesce(max(seq), 0) as count from "${prefix}users"`).get() as Counted
  if (count > fewUsers) return
  const { begin, step, isUnfinished } = createReindex(handle, transact, prefix)
  try {
    if (indexDamage(handle, prefix) === undefined && !isUnfinished()) return
    begin()
    while (!step());
  } catch (error) {
    // Whoever needs the index is told. The rest of the storage works without.
    if (!mayBeDamage(error)) throw error
  }
}

interface Counted {
  readonly count: number
}

/** Has a thread do it, or where there can be none, as in a bundle without its file, the process. */
export async function threadedReindex(
  file: SqliteFile,
  closing: AbortSignal,
  alone: () => Promise<void>,
): Promise<void> {
  try {
    const worker = new Worker(new URL('./reindex-worker.js', import.meta.url), { workerData: file })
    closing.addEventListener('abort', () => void worker.terminate())
    await once(worker, 'exit')
    if (closing.aborted) throw new ClosedError()
  } catch (error) {
    if (!isWithoutThreads(error)) throw error
    await alone()
  }
}
