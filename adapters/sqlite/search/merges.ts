import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { ClosedError } from '../../../src/errors/index.js'
import { run, type Work } from '../../sql/work.js'
import { rowsWritten } from '../driver/runner.js'
import { endWorker, isWithoutThreads, type SqliteFile } from '../driver/thread.js'
import type { SearchStatements } from './search-statements.js'

// With fewer, the longest list of a trigram is merged sooner than a thread is started.
const leastUsersBeside = 20_000
// At a million, steps of up to 150 ms were seen.
const mostUsersInProcess = 500_000

/** Merges the search index, in steps of about so many pages. */
export interface Merges {
  /** Returns whether nothing is left to merge. */
  step(pages: number): Promise<boolean>
  close(): Promise<void>
}

/**
 * Merges in the process, which a step holds up for as long as FTS5 takes for the users of the commonest trigram. Where there
 * are so many that this may be too long, the index stays as the commits leave it.
 */
export function mergesInProcess(users: () => number, step: (pages: number) => boolean): Merges {
  return { step: async (pages) => users() > mostUsersInProcess || step(pages), async close() {} }
}

/**
 * Has a thread merge the index of a file with many users. Where there are few, and where there can be no such thread, as in
 * a bundle without its file, `alone` does.
 */
export function threadedMerges(file: SqliteFile, users: () => number, alone: Merges): Merges {
  let worker: Worker | undefined
  let isAlone = false
  let isClosed = false
  let running: Promise<boolean> | undefined

  async function end(): Promise<void> {
    const ending = worker
    worker = undefined
    if (ending) await endWorker(ending)
  }

  /** Has the thread make a step. It may be told to end meanwhile, by another service on the storage that is closed. */
  async function stepBeside(used: Worker, pages: number): Promise<boolean> {
    const settled = new AbortController()
    const { signal } = settled
    const ended = once(used, 'exit', { signal }).then(() => Promise.reject(new ClosedError()))
    try {
      used.postMessage(pages)
      // The process stays for the answer, and for nothing else of the thread.
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
    if (isAlone || users() < leastUsersBeside) return alone.step(pages)
    try {
      worker ??= new Worker(new URL('./merge-worker.js', import.meta.url), { workerData: file })
      const isDone = await stepBeside(worker, pages)
      if (isDone) await end()
      return isDone
    } catch (error) {
      worker = undefined
      isAlone = isWithoutThreads(error)
      if (isAlone && !isClosed) return alone.step(pages)
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

/** FTS5's own default. */
const leastInCommit = 4
const leastInSweep = 2
// What a step writes anyway, so that a small index is done with in one.
const leastPages = 32
// Meanwhile nobody else writes: at most for some 60 ms, and with 256 pages for some 100.
const mostPages = 64

/**
 * Merges segments of the search index that are of one size, while there are two of them: the merges of the commits leave
 * up to three. A search looks into every segment. To be done in a transaction. Returns whether nothing is left to merge.
 *
 * An index that a version before this one wrote is merged as a whole, once: until then it holds what was deleted.
 *
 * @param pages How many to write, about, within bounds of its own.
 */
export function* mergeSegments(statements: SearchStatements, pages: number): Work<boolean> {
  yield* run(statements.mergeFrom, { segments: leastInSweep })
  let before = yield* rowsWritten()
  let isDone = false
  let sign = (yield* run(statements.beginErasingIndex, {})) > 0 ? -1 : 1
  for (let left = Math.min(mostPages, Math.max(leastPages, pages)); left > 0 && !isDone; ) {
    // A negative number makes all segments one merge, which those after it go on with.
    yield* run(statements.mergeIndex, { pages: sign * left })
    sign = 1
    const after = yield* rowsWritten()
    // FTS5 tells in this way alone that there was nothing to do.
    isDone = after - before < 2
    left -= after - before
    before = after
  }
  yield* run(statements.mergeFrom, { segments: leastInCommit })
  if (isDone) yield* run(statements.indexErased, {})
  return isDone
}
