import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sqliteStorage } from '../../../adapters/sqlite/index.js'
import { anEntry } from '../../../src/testing/storage-contract/builders.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollbook-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Writes so much in a process of its own that a thread makes a checkpoint, and answers what is in the folder then. */
async function afterManyWrites(...end: string[]): Promise<string[]> {
  const file = join(folder, 'users.db')
  const child = fork(new URL('../../processes/write-many.mjs', import.meta.url), [file, ...end], { timeout: 20_000 })
  expect(await once(child, 'exit')).toEqual([0, null])
  const left = readdirSync(folder)
  const database = new Database(file)
  expect(database.prepare('select count(*) from rollbook_activity').pluck().get()).toBe(900)
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
  database.close()
  return left
}

test('a thread makes checkpoints, and close leaves nothing but the database file', async () => {
  expect(await afterManyWrites('close')).toEqual(['users.db'])
})

test('the thread does not keep a process alive that does not close its storage', async () => {
  await afterManyWrites()
})

test('commits make the checkpoints where there can be no thread', async () => {
  // As in a bundle, the file of the thread is not beside the source.
  const pragma = vi.spyOn(Database.prototype, 'pragma')
  const storage = sqliteStorage(join(folder, 'users.db'), { synchronous: 'normal' })
  const activity = anEntry({ details: { text: 'x'.repeat(2000) } })
  async function write(count: number): Promise<void> {
    for (let i = 0; i < count; i++) await storage.commit([{ op: 'appendActivity', activity }])
  }
  await write(300)
  await expect.poll(() => pragma.mock.calls.flat()).toContain('wal_autocheckpoint = 1000')
  await write(5000)
  // Twelve megabytes were written, and the log begins anew every four.
  expect(statSync(join(folder, 'users.db-wal')).size).toBeLessThan(8 * 1024 * 1024)
  await storage.close()
  expect(readdirSync(folder)).toEqual(['users.db'])
  pragma.mockRestore()
})
