/** Copies the write-ahead log into the database file, in a thread of its own with a connection of its own. */
import { parentPort, workerData } from 'node:worker_threads'
import type Database from 'better-sqlite3'
import { loadPeer } from '../../sql/load-peer.js'
import { copyLog, cutLog, type LogState, smallLogBytes } from '../file/log.js'

// Sent by `checkpoints.ts`.
const { path, synchronous } = workerData as { path: string; synchronous: string }
const Sqlite = loadPeer<typeof Database>('better-sqlite3', 'npm install better-sqlite3')
// A checkpoint that copies waits for nobody. One that cuts the log back waits for a commit, which is over in a moment.
const database = new Sqlite(path, { fileMustExist: true, timeout: 20 })
database.pragma(`synchronous = ${synchronous}`)
// Only one that has read something knows of the log.
database.prepare('select 1 from sqlite_master limit 1').get()
const pageBytes = Number(database.pragma('page_size', { simple: true }))

const shortestPauseMs = 500
const longestPauseMs = 5000
let pauseMs = shortestPauseMs
let retry: NodeJS.Timeout | undefined

/** Cuts the log back to nothing, now or, when somebody still needs it, as soon as it can be. */
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
  // Below zero while another connection makes a checkpoint: then nobody has said how large the log is.
  const isKnown = log >= 0
  // One that stays large, for somebody reads or nobody writes any more, is cut.
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
