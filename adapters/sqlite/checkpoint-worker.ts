/** Copies the write-ahead log into the database file, in a thread of its own with a connection of its own. */
import { parentPort, workerData } from 'node:worker_threads'
import type Database from 'better-sqlite3'
import { loadPeer } from '../sql/load-peer.js'

// Sent by `checkpoints.ts`.
const { path, synchronous } = workerData as { path: string; synchronous: string }
const Sqlite = loadPeer<typeof Database>('better-sqlite3', 'npm install better-sqlite3')
const database = new Sqlite(path, { fileMustExist: true, timeout: 0 })
database.pragma(`synchronous = ${synchronous}`)

parentPort?.on('message', (message) => {
  if (message === 'close') {
    database.close()
    parentPort?.close()
    return
  }
  try {
    // Waits for nobody: what a reader still needs is left for the next time.
    database.pragma('wal_checkpoint(passive)')
  } finally {
    parentPort?.postMessage('done')
  }
})
// Ready.
parentPort?.postMessage('done')
