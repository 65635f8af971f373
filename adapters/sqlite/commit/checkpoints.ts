import { statSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type Database from 'better-sqlite3'
import type { SqliteHandle } from '../driver/handle.js'
import { endWorker } from '../driver/thread.js'
import { copyLog, cutLog, cutLogOfHost, type LogState, smallLogBytes, watchLog } from '../file/log.js'

// A commit waits for the disk while a checkpoint does, the longer the more pages this has to bring there: the slowest of
// a thousand commits take 5 ms with 32 between checkpoints, and 10 ms with 256 (`npm run bench -- tails`).
const commitsBetween = 32
// A file that is hardly written to is not worth a thread.
const commitsBefore = 256
// SQLite's own limit, at which a commit does the checkpoint itself, and the one for when the thread falls behind: 64 MiB.
const pagesAlone = 1000
const pagesBeside = 16_384

/** Takes checkpoints out of the commits, where they would hold up the process now and then for some 10 ms. */
export interface Checkpoints {
  /** To be called after each commit, or after what fills the log like so many. */
  committed(commits?: number): void
  /** Cuts the log back to nothing, at once or, when somebody still needs it, later. */
  cut(): Promise<void>
  close(): Promise<void>
}

/**
 * Has a thread do the checkpoints of a file. Where there can be no such thread, as in a bundle without its file, commits
 * do them as usual.
 */
export function threadedCheckpoints(database: Database.Database, path: string, synchronous: string): Checkpoints {
  let worker: Worker | undefined
  let isAlone = false
  let isWorking = false
  let commits = 0
  let due = commitsBefore
  let closing: Promise<void> | undefined
  const watch = watchLog(path)

  function start(): Worker {
    const started = new Worker(new URL('./checkpoint-worker.js', import.meta.url), {
      workerData: { path, synchronous },
    })
    started.once('message', () => setLimit(pagesBeside))
    started.on('message', (message: { readonly done: string } & Partial<LogState>) => {
      if (message.done !== 'cut') isWorking = false
      const { bytes, isDone = true, checkpointed = 0 } = message
      if (bytes === undefined) return
      watch({ bytes, isDone, checkpointed })
      if (isDone && bytes > smallLogBytes) rewind()
    })
    started.on('error', () => {
      isAlone = true
      worker = undefined
      setLimit(pagesAlone)
    })
    // The process may end without it. (A listener takes that back: this comes last.)
    started.unref()
    return started
  }

  function setLimit(pages: number): void {
    if (database.open) database.pragma(`wal_autocheckpoint = ${pages}`)
  }

  /**
   * Has the next commit write to the beginning of the log. A log of commits that never pause would grow and grow: they go
   * on while the thread copies it, and it begins anew only when all of it is copied. Here none gets in between, and what
   * is left to be copied is little. A log that is overwritten in its place is much cheaper to sync than one that grows.
   */
  function rewind(): void {
    if (!database.open || database.inTransaction) return
    try {
      copyLog(database)
    } catch {
      // Of the disk, say. What is committed stays in the log, and is copied another time.
    }
  }

  /** Has the thread do it, and waits for its first try. */
  async function cutBeside(): Promise<void> {
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
        if (!isAlone) return await cutBeside()
      } catch {
        // Whatever forbids a thread here.
        isAlone = true
      }
      cutLog(database)
    },
    committed(count = 1) {
      commits += count
      if (isAlone || isWorking || commits < due) return
      due = commits + commitsBetween
      try {
        worker ??= start()
        isWorking = true
        worker.postMessage('checkpoint')
      } catch {
        // What is committed must not fail any more, whatever forbids a thread here.
        isAlone = true
      }
    },
    close() {
      closing ??= worker ? endWorker(worker) : Promise.resolve()
      isAlone = true
      return closing
    },
  }
}

/** On a handle of the host, or in memory, SQLite makes the checkpoints. */
export function checkpointsInCommits(handle: SqliteHandle): Checkpoints {
  return {
    committed() {},
    async cut() {
      cutLogOfHost(handle)
    },
    async close() {},
  }
}
