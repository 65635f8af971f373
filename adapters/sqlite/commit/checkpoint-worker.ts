/** Copies the write-ahead log into the database file, in a thread with a connection of its own. */
import { parentPort, workerData } from 'node:worker_threads'
import { openInThread, type SqliteFile } from '../driver/thread.js'
import { copyLog, cutLog, type LogState, smallLogBytes } from '../file/write-ahead-log.js'

// Sent by `checkpoints.ts`.
// Copying the log waits for nobody. Truncating it waits for a commit, which is over in a moment.
const database = openInThread(workerData as Omit<SqliteFile, 'prefix'>, 20)
// A connection learns of the log by reading something.
database.prepare('select 1 from sqlite_master limit 1').get()
const pageBytes = Number(database.pragma('page_size', { simple: true }))

const shortestPauseMs = 500
const longestPauseMs = 5000
let pauseMs = shortestPauseMs
let retry: NodeJS.Timeout | undefined

/** Truncates the log to nothing: now, or as soon as nobody reads it any more. */
function cut(): void {
  giveUp()
  if (cutLog(database)) {
    pauseMs = shortestPauseMs
    return
  }
  retry = setTimeout(cut, pauseMs)
  pauseMs = Math.min(2 * pauseMs, longestPauseMs)
}

function giveUp(): void {
  clearTimeout(retry)
  retry = undefined
}

function checkpoint(): LogState | undefined {
  const { log, checkpointed } = copyLog(database)
  // Negative while another connection does a checkpoint: then the size of the log is unknown.
  const isKnown = log >= 0
  // A log that stays large, because somebody reads or nobody writes any more, is truncated.
  if (isKnown && log * pageBytes <= smallLogBytes) giveUp()
  else retry ??= setTimeout(cut, pauseMs)
  return isKnown ? { bytes: log * pageBytes, isDone: log === checkpointed, checkpointed } : undefined
}

parentPort?.on('message', (message: 'checkpoint' | 'cut' | 'close') => {
  if (message === 'close') {
    giveUp()
    database.close()
    parentPort?.close()
    return
  }
  let state: LogState | undefined
  try {
    if (message === 'cut') cut()
    else state = checkpoint()
  } finally {
    parentPort?.postMessage({ done: message, ...state })
  }
})
parentPort?.postMessage({ done: 'start' })
