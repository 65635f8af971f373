import { statSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type Database from 'better-sqlite3'
import type { SqliteHandle } from '../driver/handle.js'
import { endWorker } from '../driver/thread.js'
import { copyLog, cutLog, cutLogOfHost, type LogState, smallLogBytes, watchLog } from '../file/write-ahead-log.js'

// A commit waits for the disk while a checkpoint writes its pages: the more pages, the longer. The slowest of a thousand
// commits take 5 ms with 32 commits between checkpoints, and 10 ms with 256 (`npm run bench -- tails`).
const commitsBetween = 32
// A file with few writes is not worth a thread.
const commitsBefore = 256
// From how many pages of the log on a commit does a checkpoint itself: SQLite's default, and with a thread, which may fall
// behind, 64 MiB.
const pagesInProcess = 1000
const pagesWithThread = 16_384

/** Keeps checkpoints out of commits, where one would block the process for some 10 ms now and then. */
export interface Checkpoints {
  /** Must be called after each commit, and after anything that fills the log as much as several commits do. */
  committed(commits?: number): void
  /** Truncates the log to nothing: at once, or later while somebody still reads it. */
  cut(): Promise<void>
  close(): Promise<void>
}

/**
 * Lets a thread do the checkpoints of a file. Where no thread can start, as in a bundle without the thread's file, commits
 * do them as usual.
 */
export function threadedCheckpoints(database: Database.Database, path: string, synchronous: string): Checkpoints {
  let worker: Worker | undefined
  let isInProcess = false
  let isWorking = false
  let commits = 0
  let due = commitsBefore
  let closing: Promise<void> | undefined
  const watch = watchLog(path)

  function start(): Worker {
    const started = new Worker(new URL('./checkpoint-worker.js', import.meta.url), {
      workerData: { path, synchronous },
    })
    started.once('message', () => setLimit(pagesWithThread))
    started.on('message', (message: { readonly done: string } & Partial<LogState>) => {
      if (message.done !== 'cut') isWorking = false
      const { bytes, isDone = true, checkpointed = 0 } = message
      if (bytes === undefined) return
      watch({ bytes, isDone, checkpointed })
      if (isDone && bytes > smallLogBytes) rewind()
    })
    started.on('error', () => {
      isInProcess = true
      worker = undefined
      setLimit(pagesInProcess)
    })
    // The thread keeps no process alive. (Adding a listener would undo that, so this comes last.)
    started.unref()
    return started
  }

  function setLimit(pages: number): void {
    if (database.open) database.pragma(`wal_autocheckpoint = ${pages}`)
  }

  /**
   * Has the next commit write to the beginning of the log. SQLite restarts the log only when all of it is copied, and
   * while commits never pause, the thread never gets there: the log would grow without end. Here no commit comes in
   * between, and little is left to copy. Overwriting a log is also much cheaper to sync than extending it.
   */
  function rewind(): void {
    if (!database.open || database.inTransaction) return
    try {
      copyLog(database)
    } catch {
      // An error of the disk, say. What is committed stays in the log, and is copied another time.
    }
  }

  /** Waits for the first try of the thread. */
  async function cutInThread(): Promise<void> {
    worker ??= start()
    const asked = worker
    await new Promise<void>((resolve, reject) => {
      function settle(error?: unknown): void {
        asked.off('message', hear).off('error', settle).off('exit', end)
        if (error === undefined) resolve()
        else reject(error)
      }
      function hear({ done }: { readonly done: string }): void {
        if (done === 'cut') settle()
      }
      const end = () => settle()
      asked.on('message', hear).on('error', settle).on('exit', end)
      asked.ref()
      asked.postMessage('cut')
    })
    asked.unref()
  }

  return {
    async cut() {
      if (!database.open || closing) return
      const isSmall = (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) <= smallLogBytes
      if (!worker && isSmall && cutLog(database)) return
      try {
        if (!isInProcess) return await cutInThread()
      } catch {
        // No thread can start here.
        isInProcess = true
      }
      cutLog(database)
    },
    committed(count = 1) {
      commits += count
      if (isInProcess || isWorking || commits < due) return
      due = commits + commitsBetween
      try {
        worker ??= start()
        isWorking = true
        worker.postMessage('checkpoint')
      } catch {
        // No thread can start here. The commit has succeeded, and must not fail for that.
        isInProcess = true
      }
    },
    close() {
      closing ??= worker ? endWorker(worker) : Promise.resolve()
      isInProcess = true
      return closing
    },
  }
}

/** On a host's handle and in memory, SQLite does the checkpoints in its commits. */
export function checkpointsInCommits(handle: SqliteHandle): Checkpoints {
  return {
    committed() {},
    async cut() {
      cutLogOfHost(handle)
    },
    async close() {},
  }
}
