import { resolve } from 'node:path'
import type Database from 'better-sqlite3'
import type { SqlDialect } from '../sql/dialect.js'
import { type Checkpoints, checkpointsInCommits, threadedCheckpoints } from './commit/checkpoints.js'
import {
  isNodeSqlite,
  type NodeSqliteHandle,
  overNodeSqlite,
  type SqliteHandle,
  withoutBigInts,
} from './driver/handle.js'
import { openDatabase, openError, stopBlocking } from './driver/open-database.js'
import type { SqliteFile } from './driver/thread.js'
import { createTransact } from './driver/transaction.js'
import { makePrivate } from './file/private-file.js'
import { migrate } from './migrations.js'
import { reindexFew } from './search/reindex.js'

/** The database of a storage. */
export interface StorageDatabase {
  readonly handle: SqliteHandle
  /** Whether the storage has opened it, and closes it. */
  readonly isOurs: boolean
  readonly checkpoints: Checkpoints
  /** Absent where threads cannot open the database too: in memory, and on a handle of the host. */
  readonly file?: SqliteFile
}

/**
 * Opens and migrates the database file, or takes the host's handle as it is.
 *
 * @throws {MissingPeerError}
 * @throws {StorageOpenError}
 * @throws {NewerSchemaError}
 */
export function openStorageDatabase(
  database: string | SqliteHandle | NodeSqliteHandle,
  synchronous: 'full' | 'normal',
  dialect: SqlDialect,
): StorageDatabase {
  if (typeof database !== 'string') {
    const handle = isNodeSqlite(database) ? overNodeSqlite(database) : withoutBigInts(database)
    return { handle, isOurs: false, checkpoints: checkpointsInCommits(handle) }
  }
  // Trimmed as the driver trims it, so that the file made private is the one that is opened.
  const path = database.trim()
  const handle = openMigrated(path, synchronous, dialect)
  if (path === ':memory:') return { handle, isOurs: true, checkpoints: checkpointsInCommits(handle) }
  makePrivate(path)
  const file = { path: resolve(path), synchronous, prefix: dialect.prefix }
  return { handle, isOurs: true, checkpoints: threadedCheckpoints(handle, file.path, synchronous), file }
}

function openMigrated(path: string, synchronous: 'full' | 'normal', dialect: SqlDialect): Database.Database {
  const database = openDatabase(path, synchronous)
  try {
    migrate(database, dialect)
    reindexFew(database, createTransact(database), dialect.prefix)
    stopBlocking(database)
    return database
  } catch (error) {
    database.close()
    throw openError(path, error)
  }
}
