/** Merges the search index of a file, in a thread with a connection of its own. */
import { parentPort, workerData } from 'node:worker_threads'
import { createRunner } from '../driver/runner.js'
import { openInThread, type SqliteFile } from '../driver/thread.js'
import { createTransact } from '../driver/transaction.js'
import { overwriteDeleted } from '../file/erasure.js'
import { sqliteDialect } from '../sql-dialect.js'
import { mergeSegments } from './merges.js'
import { searchStatements } from './search-statements.js'

// Sent by `merges.ts`.
const file = workerData as SqliteFile
// The core waits longer for a lock than this, by trying again.
const database = openInThread(file, 1000)
overwriteDeleted(database)
const run = createRunner(database)
const transact = createTransact(database)
const statements = searchStatements(sqliteDialect(file.prefix))

parentPort?.on('message', (message: number | 'close') => {
  if (message === 'close') {
    database.close()
    parentPort?.close()
    return
  }
  parentPort?.postMessage(transact(() => run(mergeSegments(statements, message))))
})
