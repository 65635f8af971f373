/** Keeps a database file readable for its owner only, because it holds password hashes. */
import { chmodSync, closeSync, constants, openSync, realpathSync, statSync } from 'node:fs'
import { processWarnings } from '../../../src/ports/logger.js'
import { driverCode } from '../driver/driver-error.js'

const othersBits = 0o077

/**
 * Creates an empty file that only its owner can read. SQLite gives the files beside it the same mode. Returns whether it
 * was created: a file that exists is left as it is.
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
 * Takes away the rights that others have to an existing database file and to the files beside it. Warns where this process
 * may not do that.
 */
export function makePrivate(path: string): void {
  // On Windows the mode does not say who may read.
  if (!process.getuid) return
  const file = realpathSync(path)
  // The database first: SQLite creates the others with its mode.
  const open = ['', '-wal', '-shm'].map((suffix) => `${file}${suffix}`).filter((name) => !isPrivate(name))
  if (open.length === 0) return
  for (const name of open) closeToOthers(name)
  if (open.every(isPrivate)) return
  processWarnings.warn(
    { path },
    `rollbook: other accounts of this machine can access ${JSON.stringify(path)}, which holds password hashes, and ` +
      'this process cannot change that: have its owner run chmod 600 on it and on the -wal and -shm beside it',
  )
}

function isPrivate(name: string): boolean {
  const found = statSync(name, { throwIfNoEntry: false })
  return found === undefined || (found.mode & othersBits) === 0
}

function closeToOthers(name: string): void {
  const found = statSync(name, { throwIfNoEntry: false })
  // Root could do it, but the owner of the file decides.
  if (found === undefined || found.uid !== process.getuid?.()) return
  try {
    chmodSync(name, found.mode & 0o700)
  } catch (error) {
    // The file system may have no modes, or be read-only: a warning follows.
    if (!/^E(PERM|ACCES|ROFS|NOENT|NOSYS|NOTSUP|OPNOTSUPP)$/.test(driverCode(error))) throw error
  }
}
