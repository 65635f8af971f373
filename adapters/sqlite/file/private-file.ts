/** Keeps a database file for its owner alone: password hashes are for nobody else's eyes. */
import { chmodSync, closeSync, constants, openSync, realpathSync, statSync } from 'node:fs'
import { processWarnings } from '../../../src/ports/logger.js'
import { driverCode } from '../driver/driver-error.js'

const othersBits = 0o077

/**
 * Creates an empty file for its owner alone, and leaves one that exists as it is. SQLite gives the files beside it the
 * same mode. Returns whether it was created.
 */
export function createPrivately(path: string): boolean {
  try {
    closeSync(openSync(path, constants.O_CREAT | constants.O_EXCL | constants.O_RDWR, 0o600))
    return true
  } catch (error) {
    if (driverCode(error) !== 'EEXIST') throw error
    return false
  }
}

/**
 * Takes from everybody but the owner what rights they have to a database file that was there before, and to the files
 * beside it. Where that is not this process's to do, a warning says so.
 */
export function makePrivate(path: string): void {
  // On Windows the bits do not say who may read.
  if (!process.getuid) return
  const file = realpathSync(path)
  // The database first: SQLite makes the others with its mode.
  const open = ['', '-wal', '-shm'].map((suffix) => `${file}${suffix}`).filter((name) => !isPrivate(name))
  if (open.length === 0) return
  for (const name of open) closeToOthers(name)
  if (open.every(isPrivate)) return
  processWarnings.warn(
    { path },
    `rollbook: other accounts of this machine have rights to ${JSON.stringify(path)}, which holds password hashes, and ` +
      'this process cannot take them away: have its owner run chmod 600 on it and on the -wal and -shm beside it',
  )
}

function isPrivate(name: string): boolean {
  const found = statSync(name, { throwIfNoEntry: false })
  return found === undefined || (found.mode & othersBits) === 0
}

function closeToOthers(name: string): void {
  const found = statSync(name, { throwIfNoEntry: false })
  // Root could, but whoever owns the file is to decide.
  if (found === undefined || found.uid !== process.getuid?.()) return
  try {
    chmodSync(name, found.mode & 0o700)
  } catch (error) {
    // The file system may have no modes, or be read-only: what is left open is told of.
    if (!/^E(PERM|ACCES|ROFS|NOENT|NOSYS|NOTSUP|OPNOTSUPP)$/.test(driverCode(error))) throw error
  }
}
