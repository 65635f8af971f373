/** Copies a database while others write to it, into a file that only its owner can read. */
import { closeSync, existsSync, fsyncSync, openSync, rmSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { InvalidOptionsError, StorageOpenError } from '../../../src/errors/index.js'
import type { SqliteHandle } from '../driver/handle.js'
import { backupNodeSqlite, isNodeSqlite, type NodeSqliteHandle } from '../driver/handle.js'
import { openError } from '../driver/open-database.js'
import type { SqliteFile } from '../driver/thread.js'
import { createPrivately } from './private-file.js'
import { doInThread } from './whole-file.js'

const companions = ['-wal', '-shm', '-journal']

/**
 * Returns a function that copies the database into a new file and checks the copy. When it fails, no file stays. `file` is
 * absent for a database that only this connection can open, or only the host may.
 *
 * @throws {InvalidOptionsError}
 * @throws {StorageOpenError} when the file exists, cannot be made, or is not a whole database.
 */
export function createBackup(
  database: SqliteHandle | NodeSqliteHandle,
  prefix: string,
  file: SqliteFile | undefined,
): (target: unknown) => Promise<void> {
  const driver = isNodeSqlite(database) ? 'node:sqlite' : 'better-sqlite3'

  async function copyInto(target: string): Promise<void> {
    if (file) await doInThread({ name: 'copy', path: file.path, target, prefix, driver })
    else if (isNodeSqlite(database)) await backupNodeSqlite(database, target)
    else if (database.backup) await database.backup(target)
    else database.prepare('vacuum into ?').run(target)
  }

  return async (target) => {
    if (typeof target !== 'string' || target.trim() === '' || target === ':memory:') {
      throw new InvalidOptionsError('backup: give the path of the file to make')
    }
    const copy = resolve(target)
    create(copy)
    try {
      await copyInto(copy)
      await doInThread({ name: 'check', path: copy, prefix, driver })
      sync(copy)
    } catch (error) {
      for (const suffix of ['', ...companions]) rmSync(`${copy}${suffix}`, { force: true })
      throw error
    }
  }
}

function create(file: string): void {
  // SQLite would take these for parts of the copy.
  let there = companions.map((suffix) => `${file}${suffix}`).find((name) => existsSync(name))
  try {
    if (there === undefined && !createPrivately(file)) there = file
  } catch (cause) {
    throw openError(file, cause)
  }
  if (there === undefined) return
  throw new StorageOpenError(`${JSON.stringify(there)} exists: give the path of a new file, or move that one away`)
}

/** Syncs the file and the folder that holds its name. */
function sync(file: string): void {
  for (const name of process.platform === 'win32' ? [file] : [file, dirname(file)]) {
    const descriptor = openSync(name, name === file ? 'r+' : 'r')
    try {
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
  }
}
