import { lstatSync, type Stats, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type Database from 'better-sqlite3'
import { CommitOutcomeUnknownError, StorageFailedError } from '../../../src/errors/index.js'
import type { SqliteHandle } from '../driver/handle.js'
import { openExisting } from '../driver/thread.js'

/**
 * Notices that the files of an open database are no longer those under their names: moved, deleted, replaced, or taken
 * away by another process. SQLite notices none of it, and what it writes from then on is gone when the process ends.
 */
export interface FileWatch {
  /**
   * Called before a commit and before reads: checks the files unless it has just done so.
   *
   * @throws {StorageFailedError} `replaced`.
   */
  before(what: 'commit' | 'read'): void
  /**
   * Called after a commit, before it is acknowledged.
   *
   * @throws {CommitOutcomeUnknownError}
   */
  committed(): void
  /** Closes a handle that the storage has opened. */
  close(): void
}

// Each commit is followed by a check, which a process that goes on writing need not repeat before the next one.
const freshMs = { commit: 10, read: 1000 }
// The coarsest resolution of modification times, that of FAT.
const coarsestMs = 2000
const suffixes = ['', '-wal', '-shm'] as const
type Suffix = (typeof suffixes)[number]

/**
 * A process loses SQLite's locks on a file when it closes any other descriptor of that file, as `fs.copyFile` does. The
 * next process that opens the database and closes it takes itself for the last one, and deletes the log.
 *
 * @param path What the storage has opened. Without it the handle is the host's.
 */
export function watchFile(handle: SqliteHandle, path?: string): FileWatch {
  let seen: Map<Suffix, string | undefined> | undefined
  let file: ReturnType<typeof filesOf> | undefined
  let lookedAt = Number.NEGATIVE_INFINITY
  /** The state of the folder when its files were last seen to be ours. */
  let folderThen: string | undefined
  let isLost = false
  let isClosed = false

  /** `folder` is absent for a link, which says nothing about the folder of its file. */
  function filesOf(): { readonly given: string; readonly real: string; readonly folder: string | undefined } {
    const row = handle.prepare(`select file from pragma_database_list where name = 'main'`).get()
    // The shape of the row is that of the query.
    const real = (row as { file: string | null } | undefined)?.file ?? ''
    const given = path ?? real
    return { given, real, folder: isLink(given) ? undefined : dirname(given) }
  }

  /** Returns `undefined` where the file cannot be checked, which counts as unchanged. */
  function identityOf(suffix: Suffix): string | undefined {
    const name = suffix === '' ? file?.given : `${file?.real}${suffix}`
    try {
      // Numbers of more than 53 bits are rounded, but equal ones stay equal.
      const stats: Stats | undefined = statSync(name ?? '', { throwIfNoEntry: false })
      return stats ? `${stats.dev} ${stats.ino}` : 'none'
    } catch {
      return undefined
    }
  }

  function isReplaced(suffix: Suffix): boolean {
    const before = seen?.get(suffix)
    const now = identityOf(suffix)
    if (before === now || before === undefined || now === undefined) return false
    // A host may change the journal mode, and the log comes and goes with it.
    const isLegal = suffix !== '' && (before === 'none' || (now === 'none' && journalMode(handle) !== 'wal'))
    if (isLegal) seen?.set(suffix, now)
    return !isLegal
  }

  /**
   * The folder of the files and when it last changed: creating, deleting or renaming a file in it changes that time.
   * `undefined` right after a change, when the next one could leave the same time.
   */
  function folderNow(): string | undefined {
    if (file?.folder === undefined) return undefined
    try {
      const { dev, ino, mtimeMs } = statSync(file.folder)
      const ageMs = Date.now() - mtimeMs
      return ageMs > coarsestMs ? `${dev} ${ino} ${mtimeMs}` : undefined
    } catch {
      return undefined
    }
  }

  /**
   * Asks the folder instead of the files. Since Linux 6.13, a `stat` of a file that is being written makes its next sync
   * cost a third more: the kernel then keeps a finer time of the next write, which has to be synced too.
   */
  function isAsBefore(): boolean {
    return folderThen !== undefined && folderThen === folderNow()
  }

  function looked(which: readonly Suffix[]): boolean {
    file ??= filesOf()
    if (file.real === '') {
      // In memory.
      lookedAt = Number.POSITIVE_INFINITY
      return true
    }
    // Read first, so that the next look sees what changes during this one.
    const folder = folderNow()
    seen ??= new Map(suffixes.map((suffix) => [suffix, identityOf(suffix)]))
    // A file that is missing at the first look was deleted before.
    const isReplacedNow = isLost || seen.get('') === 'none' || which.some(isReplaced)
    lookedAt = isReplacedNow ? Number.NEGATIVE_INFINITY : performance.now()
    folderThen = isReplacedNow ? undefined : folder
    return !isReplacedNow
  }

  return {
    before(what) {
      if (performance.now() - lookedAt > freshMs[what] && !looked(suffixes)) throw new StorageFailedError('replaced')
    },
    committed() {
      if (isAsBefore() || looked(['', '-wal'])) return
      // From now on the handle sees what nobody else will ever see, whatever comes back under the names.
      isLost = true
      if (path !== undefined) closeWithoutCheckpoint(handle, path)
      throw new CommitOutcomeUnknownError({ cause: new StorageFailedError('replaced') })
    },
    close() {
      if (isClosed) return
      isClosed = true
      if (path === undefined || isLost || looked(suffixes)) handle.close()
      else closeWithoutCheckpoint(handle, path)
    },
  }
}

/**
 * The last connection to close copies its log into the file and deletes the log by its name. This one must not: it would
 * overwrite what others have written since. While the process has another connection, it is not the last.
 */
function closeWithoutCheckpoint(handle: SqliteHandle, path: string): void {
  let other: Database.Database | undefined
  try {
    other = openExisting(path, 0)
    other.prepare('select 1 from sqlite_master').get()
  } catch {
    // The file is gone: SQLite notices that, and writes nothing.
  }
  handle.close()
  other?.close()
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink()
  } catch {
    return true
  }
}

function journalMode(handle: SqliteHandle): string {
  // The shape of the row is that of the pragma.
  return (handle.prepare('pragma journal_mode').get() as { journal_mode: string }).journal_mode
}
