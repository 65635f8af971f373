import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { ClosedError } from '../../../src/errors/index.js'
import { endWorker } from '../driver/end-worker.js'

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

export interface MergedFile {
  readonly path: string
  readonly synchronous: 'full' | 'normal'
  readonly prefix: string
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
export function threadedMerges(file: MergedFile, users: () => number, alone: Merges): Merges {
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
      isAlone = isImpossible(error)
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

/** Whether there can be no thread: its file is not there, or no thread is allowed. */
export function isImpossible(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /MODULE_NOT_FOUND|ACCESS_DENIED/.test(String(error.code))
}
