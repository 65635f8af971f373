/** Threads with a connection of their own, for work that would hold up the process. */
import { once } from 'node:events'
import type { Worker } from 'node:worker_threads'
import type Database from 'better-sqlite3'
import { loadPeer } from '../../sql/load-peer.js'

/** A database file that the storage has opened by its path, and that threads may open too. */
export interface SqliteFile {
  /** Absolute: the process may have changed its working directory since. */
  readonly path: string
  readonly synchronous: 'full' | 'normal'
  readonly prefix: string
}

/**
 * Opens a database file by better-sqlite3 as it is: without the settings of the storage, and only if it exists.
 *
 * @throws {MissingPeerError}
 */
export function openExisting(path: string, timeoutMs: number): Database.Database {
  const Sqlite = loadPeer<typeof Database>('better-sqlite3', 'npm install better-sqlite3')
  return new Sqlite(path, { fileMustExist: true, timeout: timeoutMs })
}

/** Opens the file in a thread. Waiting for a lock there holds up nobody. */
export function openInThread({ path, synchronous }: Omit<SqliteFile, 'prefix'>, timeoutMs: number): Database.Database {
  const database = openExisting(path, timeoutMs)
  database.pragma(`synchronous = ${synchronous}`)
  return database
}

/** Asks a thread to close its connection, and waits for it to end. */
export async function endWorker(worker: Worker): Promise<void> {
  worker.ref()
  const exit = once(worker, 'exit').catch(() => {})
  worker.postMessage('close')
  await exit
}

/** Returns whether an error says that no thread can start: its file is missing, as in a bundle, or threads are forbidden. */
export function isWithoutThreads(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /MODULE_NOT_FOUND|ACCESS_DENIED/.test(String(error.code))
}
