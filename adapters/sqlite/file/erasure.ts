/**
 * Ensures that a file keeps nothing of what was deleted. Connections overwrite what they delete (`secure_delete`), and
 * so does the search index (FTS5's option of the same name). Sweeps erase the rest, and what earlier versions left.
 */
import { processWarnings } from '../../../src/ports/logger.js'
import { isBusy } from '../driver/driver-error.js'
import { type SqliteHandle, withoutWaiting } from '../driver/handle.js'
import type { SqliteFile } from '../driver/thread.js'
import { tableIn } from '../sql-dialect.js'
import { doInThread, vacuum } from './whole-file.js'

/** The SQL that makes the index erase from now on, and notes that an earlier file is still to be erased. */
export function eraseDeleted(prefix: string): string {
  const name = tableIn(prefix)
  return `
    insert into ${name('users_search')} (${name('users_search')}, rank) values ('secure-delete', 1);
    create table ${name('to_erase')} (what text primary key, is_begun integer not null) without rowid;
    insert into ${name('to_erase')} select value, 0 from json_each('["index", "pages"]')
      where exists (select 1 from sqlite_sequence
        where name in ('${prefix}users', '${prefix}sessions', '${prefix}activity'));`
}

/** Sets a connection to overwrite what it deletes. */
export function overwriteDeleted(handle: SqliteHandle): void {
  handle.exec('pragma secure_delete = on')
}

// Commits wait while a thread rewrites the file: up to half a second. (They would wait for ten at most.)
const smallInThread = 32 * 1024 * 1024
// What an earlier version has left is worth a longer wait, once.
const smallOnce = 128 * 1024 * 1024
// This blocks the process for up to some 30 ms.
const smallInProcess = 2 * 1024 * 1024

/** Erases what was deleted but is still in the file or its log. */
export interface Erasure {
  /** Must be called after each write of this connection. */
  changed(): void
  /** Ends a sweep: rewrites the file where that is quick, and truncates the log. */
  step(): Promise<void>
  /** Rewrites the file, however long commits have to wait. */
  all(): Promise<void>
}

/**
 * SQLite overwrites a row that it deletes and a page that it frees, but not the copies of rows that a split page leaves
 * behind: one or two of a thousand deleted rows can still be read there. So a small file is rewritten as a whole. `file` is
 * absent for a database that no thread can open.
 */
export function createErasure(
  handle: SqliteHandle,
  prefix: string,
  file: SqliteFile | undefined,
  cutLog: () => Promise<void>,
): Erasure {
  let isChanged = true
  /** SQLite's `data_version`, which changes with the writes of other connections. */
  let version: unknown
  let hasWarned = false

  const versionNow = () => JSON.stringify(handle.prepare('pragma data_version').get())

  async function all(): Promise<void> {
    isChanged = false
    try {
      if (file) await doInThread({ name: 'vacuum', path: file.path, prefix, driver: 'better-sqlite3' })
      else withoutWaiting(handle, () => vacuum(handle, prefix))
    } catch (error) {
      isChanged = true
      throw error
    }
    await cutLog()
    version = versionNow()
  }

  async function rewriteIfSmall(): Promise<void> {
    const left = handle.prepare(`select what from ${tableIn(prefix)('to_erase')} order by what`).all()
    // The shape of the rows is that of the query.
    const [first] = left as { what: string }[]
    const isOld = first !== undefined
    // The index stays unmerged where there are too many users to merge it in the process.
    if (first?.what === 'index') return warn()
    const small = file ? (isOld ? smallOnce : smallInThread) : smallInProcess
    try {
      if (canRewrite(handle, small)) await all()
      else if (isOld) warn()
    } catch (error) {
      // The sweep has done its own part. A lock of another writer will be gone at the next one.
      if (isOld && !isBusy(error)) warn(error)
    }
  }

  function warn(error?: unknown): void {
    if (hasWarned) return
    hasWarned = true
    processWarnings.warn(
      { err: error },
      'rollbook: the database file may still hold data that was deleted under an earlier version: call vacuum() of the ' +
        'storage once, at a quiet hour, because nobody can write meanwhile',
    )
  }

  return {
    all,
    changed() {
      isChanged = true
    },
    async step() {
      if (handle.inTransaction) return
      if (isChanged || version !== versionNow()) await rewriteIfSmall()
      await cutLog()
      version &&= versionNow()
    },
  }
}

/**
 * Returns whether the file may be rewritten unasked: it is small, and no table of the host has implicit row numbers, which
 * would change.
 */
function canRewrite(handle: SqliteHandle, most: number): boolean {
  const found = handle.prepare(`
    select (select page_count * page_size from pragma_page_count, pragma_page_size) as bytes,
      (select file from pragma_database_list where name = 'main') <> '' as is_file,
      exists (
        select 1 from pragma_table_list as list
        where schema = 'main' and type = 'table' and wr = 0 and list.name not like 'sqlite!_%' escape '!'
          and coalesce((select group_concat(type) from pragma_table_info(list.name) where pk > 0), '') not in ('integer', 'INTEGER')
      ) as is_numbered`)
  // The shape of the row is that of the query.
  const { bytes, is_file, is_numbered } = found.get() as { bytes: number; is_file: number; is_numbered: number }
  return is_file === 1 && bytes <= most && is_numbered === 0
}
