import type Database from 'better-sqlite3'
import { MissingPeerError, StorageOpenError, UsersError } from '../../../src/errors/index.js'
import { loadPeer } from '../../sql/load-peer.js'
import { createPrivately } from '../file/private-file.js'
import { driverCode } from './driver-error.js'

const installCure = 'npm install better-sqlite3 kysely'
const buildCure =
  'its native part was not built: allow its install script (npm: "allowScripts": { "better-sqlite3": true } in your ' +
  'package.json; pnpm: pnpm approve-builds) and install again, or use Node 22 or newer with better-sqlite3 13, or with ' +
  'an open DatabaseSync of node:sqlite in the place of the path'

// Opening blocks the process; another process may be migrating the file meanwhile.
const openingTimeoutMs = 10_000
// A log that grew during a long read is truncated to this size.
const keptLogBytes = 16 * 1024 * 1024

/**
 * Opens a database file with the settings that the storage promises. They hold for one connection, so every open sets
 * them. (The file remembers WAL mode, but a reopened WAL file is not `FULL` by itself.)
 *
 * @throws {MissingPeerError}
 * @throws {StorageOpenError}
 */
export function openDatabase(path: string, synchronous: 'full' | 'normal'): Database.Database {
  const { version } = loadPeer<{ version: string }>('better-sqlite3', installCure, 'better-sqlite3/package.json')
  // Loading it would end the process instead of throwing: version 13 needs Node-API 10.
  if (Number.parseInt(version, 10) >= 13 && Number(process.versions['napi']) < 10) {
    throw new MissingPeerError('better-sqlite3', `version ${version} needs Node 22: npm install better-sqlite3@12`)
  }
  const Sqlite = loadPeer<typeof Database>('better-sqlite3', installCure)
  try {
    if (path !== ':memory:') createPrivately(path)
    const database = new Sqlite(path, { timeout: openingTimeoutMs })
    try {
      database.pragma('journal_mode = wal')
      database.pragma(`synchronous = ${synchronous}`)
      database.pragma('foreign_keys = on')
      database.pragma('cache_size = -65536')
      database.pragma('secure_delete = on')
      database.pragma(`journal_size_limit = ${keptLogBytes}`)
    } catch (error) {
      database.close()
      throw error
    }
    return database
  } catch (cause) {
    throw openError(path, cause)
  }
}

/** From now on a lock of another process is an error at once: the core waits for it without blocking. */
export function stopBlocking(database: Database.Database): void {
  database.pragma('busy_timeout = 0')
}

/** Says what is wrong with a database file, and what to do. */
export function openError(path: string, cause: unknown): UsersError {
  if (UsersError.is(cause)) return cause
  const name = JSON.stringify(path)
  const code = driverCode(cause)
  const fullCure = `cannot open ${name}: the disk is full: free some space`
  if (cause instanceof Error && cause.message.includes('bindings file')) {
    return new MissingPeerError('better-sqlite3', buildCure, { cause })
  }
  const cures: readonly (readonly [code: string, cure: string])[] = [
    ['ENOENT', `cannot create ${name}: its folder does not exist: create the folder first`],
    ['EACCES', `cannot create ${name}: give the process the right to write into its folder`],
    ['EROFS', `cannot create ${name}: its file system is read-only`],
    ['SQLITE_CANTOPEN', `cannot open ${name}: it is a folder, or the process has no right to read and write it`],
    ...['ENOSPC', 'SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE'].map((full) => [full, fullCure] as const),
    ['SQLITE_NOTADB', `${name} is not an SQLite database: give the path of another file, or of a new one`],
    ['SQLITE_CORRUPT', `${name} is damaged: restore it from a backup`],
    ['SQLITE_READONLY', `cannot write ${name}: give the process the right to write the file and its folder`],
    ['SQLITE_BUSY', `${name} is locked by another process: end that process, or try again`],
  ]
  const cure = cures.find(([prefix]) => code.startsWith(prefix))?.[1]
  return new StorageOpenError(cure ?? `cannot open ${name}: the driver's error is the cause of this one`, { cause })
}
