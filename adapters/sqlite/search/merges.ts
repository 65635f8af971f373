import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { ClosedError } from '../../../src/errors/index.js'
import { execute, type Work } from '../../sql/work.js'
import { rowsWritten } from '../driver/runner.js'
import { endWorker, isWithoutThreads, type SqliteFile } from '../driver/thread.js'
import type { SearchStatements } from './search-statements.js'

// Below this, merging in process beats starting a worker.
const leastUsersForThread = 20_000
// With a million users, steps took up to 150 ms.
const mostUsersInProcess = 500_000

/** Merges the segments of the search index. */
export interface Merges {
  /** Writes about so many pages. Returns whether nothing is left to merge. */
  step(pages: number): Promise<boolean>
  close(): Promise<void>
}

/**
 * Merges in the process. A step blocks it for as long as FTS5 takes to merge the users of the commonest trigram. Where that
 * could be too long, the index stays as the commits leave it.
 */
export function mergesInProcess(users: () => number, step: (pages: number) => boolean): Merges {
  return { step: async (pages) => users() > mostUsersInProcess || step(pages), async close() {} }
}

/**
 * Merges the index of a file in a thread. `inProcess` does it where there are few users, and where no thread can start, as
 * in a bundle without the thread's file.
 */
export function threadedMerges(file: SqliteFile, users: () => number, inProcess: Merges): Merges {
  let worker: Worker | undefined
  let hasNoThreads = false
  let isClosed = false
  let running: Promise<boolean> | undefined

  async function end(): Promise<void> {
    const ending = worker
    worker = undefined
    if (ending) await endWorker(ending)
  }

  /** Waits for a step of the thread. Closing the storage may end the thread meanwhile. */
  async function stepInThread(used: Worker, pages: number): Promise<boolean> {
    const settled = new AbortController()
    const { signal } = settled
    const ended = once(used, 'exit', { signal }).then(() => Promise.reject(new ClosedError()))
    try {
      used.postMessage(pages)
      // Keeps the process alive until the reply.
      used.ref()
      const [isDone] = await Promise.race([once(used, 'message', { signal }), ended])
      used.unref()
      return isDone
    } finally {
      settled.abort()
      ended.catch(() => {})
    }
  }

  async function step(pages: number): Promise<boolean> {
    if (isClosed) throw new ClosedError()
    if (hasNoThreads || users() < leastUsersForThread) return inProcess.step(pages)
    try {
      worker ??= new Worker(new URL('./merge-worker.js', import.meta.url), { workerData: file })
      const isDone = await stepInThread(worker, pages)
      if (isDone) await end()
      return isDone
    } catch (error) {
      worker = undefined
      hasNoThreads = isWithoutThreads(error)
      if (hasNoThreads && !isClosed) return inProcess.step(pages)
      throw isClosed ? new ClosedError() : error
    }
  }

  return {
    step(pages) {
      running ??= step(pages).finally(() => {
        running = undefined
      })
      return running
    },
    async close() {
      isClosed = true
      await end()
    },
  }
}

/** FTS5's default. */
const leastInCommit = 4
const leastInSweep = 2
// A step writes this much in any case, so that one is enough for a small index.
const leastPages = 32
// Nobody else can write during a step: some 60 ms at the most, and with 256 pages some 100.
const mostPages = 64

/**
 * Merges segments of the search index as soon as two are of one size. (The merges in commits leave up to three, and a search
 * reads every segment.) Needs a transaction around it. Returns whether nothing is left to merge.
 *
 * An index that an earlier version wrote is merged as a whole, once, because it still holds what was deleted.
 *
 * @param pages about how many pages to write, within bounds.
 */
export function* mergeSegments(statements: SearchStatements, pages: number): Work<boolean> {
  yield* execute(statements.mergeFrom, { segments: leastInSweep })
  let before = yield* rowsWritten()
  let isDone = false
  let sign = (yield* execute(statements.beginErasingIndex, {})) > 0 ? -1 : 1
  for (let left = Math.min(mostPages, Math.max(leastPages, pages)); left > 0 && !isDone; ) {
    // A negative number starts a merge of all segments; the next ones continue it.
    yield* execute(statements.mergeIndex, { pages: sign * left })
    sign = 1
    const after = yield* rowsWritten()
    // The only sign of FTS5 that there was nothing to do.
    isDone = after - before < 2
    left -= after - before
    before = after
  }
  yield* execute(statements.mergeFrom, { segments: leastInCommit })
  if (isDone) yield* execute(statements.indexErased, {})
  return isDone
}
