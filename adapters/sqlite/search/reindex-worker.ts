/** Creates the search index of a file anew, in a thread of its own with a connection of its own. */
import { workerData } from 'node:worker_threads'
import type Database from 'better-sqlite3'
import { loadPeer } from '../../sql/load-peer.js'
import { createTransact } from '../driver/transaction.js'
import type { MergedFile } from './merges.js'
import { createReindex, reindexInSteps } from './reindex.js'

// Sent by `reindex.ts`.
const { path, synchronous, prefix } = workerData as MergedFile
const Sqlite = loadPeer<typeof Database>('better-sqlite3', 'npm install better-sqlite3')
const database = new Sqlite(path, { fileMustExist: true, timeout: 1000 })
database.pragma(`synchronous = ${synchronous}`)
try {
  await reindexInSteps(createReindex(database, createTransact(database), prefix))
} finally {
  database.close()
}
