/** Work on a whole database file takes as long as the file is large, so a thread does it wherever one can start. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { StorageOpenError } from '../../../src/errors/index.js'
import type { SqliteHandle } from '../driver/handle.js'
import { type NodeSqliteHandle, overNodeSqlite } from '../driver/handle.js'
import { isWithoutThreads, openExisting } from '../driver/thread.js'
import { tableIn } from '../sql-dialect.js'

export interface FileTask {
  /** `vacuum` rewrites the file without what was deleted, `copy` makes a new one, and `check` reads it all. */
  readonly name: 'vacuum' | 'copy' | 'check'
  readonly path: string
  readonly prefix: string
  readonly driver: 'better-sqlite3' | 'node:sqlite'
  /** For a copy: an empty file. */
  readonly target?: string
}

/** Runs a task in a thread, or in the process where no thread can start. */
export async function doInThread(task: FileTask): Promise<void> {
  try {
    await once(new Worker(new URL('./whole-file-worker.js', import.meta.url), { workerData: task }), 'exit')
  } catch (error) {
    if (!isWithoutThreads(error)) throw error
    doNow(task)
  }
}

/** Runs a task on a connection of its own. */
export function doNow(task: FileTask): void {
  const handle = opened(task)
  try {
    if (task.name === 'vacuum') vacuum(handle, task.prefix)
    else if (task.name === 'copy') handle.prepare('vacuum into ?').run(task.target)
    else check(handle, task)
  } finally {
    handle.close()
  }
}

/** Rewrites the file, and a search index that an earlier version wrote. */
export function vacuum(handle: SqliteHandle, prefix: string): void {
  const name = tableIn(prefix)
  const index = name('users_search')
  const toErase = name('to_erase')
  const isOld = handle.prepare(`select 1 from ${toErase} where what = 'index'`).get() !== undefined
  if (isOld) handle.exec(`insert into ${index} (${index}) values ('optimize')`)
  handle.exec('vacuum')
  handle.exec(`delete from ${toErase}`)
}

function check(handle: SqliteHandle, { path, prefix }: FileTask): void {
  const findings = handle.prepare('pragma integrity_check').all()
  const name = tableIn(prefix)
  // Throws when our tables are missing.
  handle.prepare(`select 1 from ${name('users')}, ${name('migrations')} limit 1`).all()
  if (JSON.stringify(findings) === '[{"integrity_check":"ok"}]') return
  throw new StorageOpenError(`the copy ${JSON.stringify(path)} is damaged: check the disk, and the database itself`)
}

function opened({ path, driver }: FileTask): SqliteHandle {
  if (driver === 'node:sqlite') {
    // A handle of it exists only in a Node that has it.
    const { DatabaseSync } = process.getBuiltinModule('node:sqlite') as {
      DatabaseSync: new (path: string, options: object) => NodeSqliteHandle
    }
    return overNodeSqlite(new DatabaseSync(path, { timeout: waitMs }))
  }
  return openExisting(path, waitMs)
}

// Waiting for a lock in a thread blocks nobody.
const waitMs = 5000
