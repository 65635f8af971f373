/** Merges the search index of a file, in a thread of its own with a connection of its own. */
import { parentPort, workerData } from 'node:worker_threads'
import type Database from 'better-sqlite3'
import { loadPeer } from '../../sql/load-peer.js'
import { createRunner } from '../driver/runner.js'
import { createTransact } from '../driver/transaction.js'
import { overwriteDeleted } from '../file/erasure.js'
import { sqliteDialect } from '../sql-dialect.js'
import { mergeSegments } from './merge-segments.js'
import type { MergedFile } from './merges.js'
import { searchStatements } from './search-statements.js'

// Sent by `merges.ts`.
const { path, synchronous, prefix } = workerData as MergedFile
const Sqlite = loadPeer<typeof Database>('better-sqlite3', 'npm install better-sqlite3')
// To wait for a lock holds up nobody here; the core has the patience for more.
const database = new Sqlite(path, { fileMustExist: true, timeout: 1000 })
database.pragma(`synchronous = ${synchronous}`)
overwriteDeleted(database)
const run = createRunner(database)
const transact = createTransact(database)
const statements = searchStatements(sqliteDialect(prefix))

parentPort?.on('message', (message: number | 'close') => {
  if (message === 'close') {
    database.close()
    parentPort?.close()
    return
  }
  parentPort?.postMessage(transact(() => run(mergeSegments(statements, message))))
})
