/** Rebuilds the search index of a file, in a thread with a connection of its own. */
import { workerData } from 'node:worker_threads'
import { openInThread, type SqliteFile } from '../driver/thread.js'
import { createTransact } from '../driver/transaction.js'
import { createReindex, reindexInSteps } from './reindex.js'

// Sent by `reindex.ts`.
const file = workerData as SqliteFile
const database = openInThread(file, 1000)
try {
  await reindexInSteps(createReindex(database, createTransact(database), file.prefix))
} finally {
  database.close()
}
