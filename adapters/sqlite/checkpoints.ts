import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type Database from 'better-sqlite3'

// So many commits fill some hundred pages of the log.
const commitsBetween = 64
// A file that is hardly written to is not worth a thread.
const commitsBefore = 256
// SQLite's own limit, at which a commit does the checkpoint itself, and the one for when the thread falls behind: 64 MiB.
const pagesAlone = 1000
const pagesBeside = 16_384

/** Takes checkpoints out of the commits, where they would hold up the process now and then for some 10 ms. */
export interface Checkpoints {
  /** To be called after each commit. */
  committed(): void
  close(): Promise<void>
}

/**
 * Has a thread do the checkpoints of a file. Where there can be no such thread, as in a bundle without its file, commits
 * do them as usual.
 */
export function checkpointsBeside(database: Database.Database, path: string, synchronous: string): Checkpoints {
  let worker: Worker | undefined
  let isAlone = false
  let isWorking = false
  let commits = 0

  function start(): Worker {
    database.pragma(`wal_autocheckpoint = ${pagesBeside}`)
    const started = new Worker(new URL('./checkpoint-worker.js', import.meta.url), {
      workerData: { path, synchronous },
    })
    // The process may end without it.
    started.unref()
    started.on('message', () => {
      isWorking = false
    })
    started.on('error', workAlone)
    return started
  }

  function workAlone(): void {
    isAlone = true
    worker = undefined
    if (database.open) database.pragma(`wal_autocheckpoint = ${pagesAlone}`)
  }

  return {
    committed() {
      commits++
      if (isAlone || isWorking || commits < commitsBefore || commits % commitsBetween !== 0) return
      worker ??= start()
      isWorking = true
      worker.postMessage('checkpoint')
    },
    async close() {
      if (!worker) return
      worker.ref()
      const exit = once(worker, 'exit').catch(() => {})
      worker.postMessage('close')
      await exit
    },
  }
}

export const checkpointsInCommits: Checkpoints = { committed() {}, async close() {} }
