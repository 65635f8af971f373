import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, vi } from 'vitest'
import { type SqliteStorage, type SqliteStorageOptions, sqliteStorage } from '../../../../adapters/sqlite/index.js'
import { UsersError } from '../../../../src/errors/index.js'
import type { Change, UsersStorage } from '../../../../src/ports/storage.js'
import { anEntry } from '../../../../src/testing/storage-contract/builders.js'
import { appendActivity } from '../../../../src/testing/storage-contract/changes.js'

/** The database file of a test. */
export let file: string
/** What a test leaves open. */
export const closing: { close(): unknown }[] = []

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollbook-'))
  file = join(folder, 'users.db')
})
afterEach(async () => {
  vi.restoreAllMocks()
  for (const one of closing.splice(0).reverse()) await one.close()
  rmSync(folder, { recursive: true })
})

/** A storage on a handle that tells which statements it was given, once the tables are there. */
export async function watched(
  synchronous = 'full',
): Promise<{ storage: SqliteStorage; handle: Database.Database; statements: string[] }> {
  const statements: string[] = []
  const handle = new Database(file, { verbose: (sql) => statements.push(String(sql)) })
  handle.pragma('journal_mode = wal')
  handle.pragma(`synchronous = ${synchronous}`)
  handle.pragma('busy_timeout = 0')
  closing.push(handle)
  const storage = sqliteStorage(handle)
  await storage.migrate()
  await storage.commit([])
  statements.length = 0
  return { storage, handle, statements }
}

export function opened(options: SqliteStorageOptions = {}): SqliteStorage {
  const storage = sqliteStorage(file, options)
  closing.push(storage)
  return storage
}

/** Commits all at once and answers how each ended: `done`, the reason of a conflict, or the code of another error. */
export function outcomes(storage: UsersStorage, commits: readonly (readonly Change[])[]): Promise<string[]> {
  return Promise.all(commits.map((changes) => storage.commit(changes).then(() => 'done', reasonOf)))
}

function reasonOf(error: unknown): string {
  if (!UsersError.is(error)) throw error
  return 'reason' in error ? String(error.reason) : error.code
}

export const countOf = (statements: readonly string[], what: string) => statements.filter((sql) => sql === what).length
/** The ids of `someUsers`. */
export const ids = (count: number) => Array.from({ length: count }, (_, index) => `u${String(index).padStart(4, '0')}`)
/** Refused wherever it comes. */
export const nobodysEntry = appendActivity(anEntry({ userId: 'nobody' }))
