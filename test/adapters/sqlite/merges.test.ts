import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { sqliteStorage } from '../../../adapters/sqlite/index.js'
import { aUserRecord } from '../../../src/testing/storage-contract/builders.js'
import { insertUser } from '../../../src/testing/storage-contract/changes.js'
import { started } from '../../processes/started.js'
import { requireIndexed } from './index-law.js'
import { makeOldFile } from './old-file.js'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollbook-merges-'))
  file = join(folder, 'users.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

function opened(): Database.Database {
  const handle = new Database(file)
  onTestFinished(() => void handle.close())
  return handle
}

const segmentsOf = (handle: Database.Database) =>
  Number(handle.prepare('select count(distinct segid) from rollbook_users_search_idx').pluck().get())

test('a thread merges the index of a file beside those who write, and keeps no process alive', async () => {
  makeOldFile(file, 20_000)
  const child = await started('sweep-index.mjs', [file])
  const handle = opened()
  expect(segmentsOf(handle)).toBeGreaterThan(3)
  // In each of two sweeps one, which ends when there is nothing left to merge, and one that rewrites the file.
  expect(await child.ask('go on')).toBe(4)
  expect(await child.ended).toEqual([0, null])
  expect(segmentsOf(handle)).toBeLessThan(3)
  requireIndexed(handle)
  expect(handle.prepare('select count(*) from rollbook_users').pluck().get()).toBe(20_200)
})

test('a thread that finds the file locked says so, and the next step is as good as the first', async () => {
  const child = fork(new URL('../../processes/merge-while-locked.mjs', import.meta.url), [file], { timeout: 20_000 })
  const [answers] = await once(child, 'message')
  expect(answers).toEqual(['busy', true])
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('where there can be no thread and too many users, the index stays as it is [B-64]', async () => {
  makeOldFile(file, 200)
  const storage = sqliteStorage(file, { synchronous: 'normal' })
  for (let i = 0; i < 15; i++) await storage.commit([insertUser(aUserRecord({ id: `new${i}` }))])
  const handle = opened()
  const segments = segmentsOf(handle)
  expect(segments).toBeGreaterThan(2)
  handle.exec('update rollbook_users set seq = 600000 where seq = 200')
  await storage.sweep({ expiredAt: new Date(0), limit: 20 })
  expect(segmentsOf(handle)).toBe(segments)
  await storage.close()
})

test('where there can be no thread, the process merges', async () => {
  makeOldFile(file, 20_000)
  // As in a bundle, the file of the thread is not beside the source.
  const storage = sqliteStorage(file, { synchronous: 'normal' })
  for (let i = 0; i < 150; i++) await storage.commit([insertUser(aUserRecord({ id: `new${i}` }))])
  const handle = opened()
  expect(segmentsOf(handle)).toBeGreaterThan(3)
  const request = { expiredAt: new Date(0), limit: 20 }
  // Two at the same time share a step.
  while (!(await Promise.all([storage.sweep(request), storage.sweep(request)]))[0].done);
  expect(segmentsOf(handle)).toBeLessThan(3)
  requireIndexed(handle)
  await storage.close()
})

test('a sweep whose storage another service closes ends with an error of ours, at whatever moment [B-146]', async () => {
  makeOldFile(file, 20_000)
  const child = fork(new URL('../../processes/close-while-sweeping.mjs', import.meta.url), [file], { timeout: 30_000 })
  const [ends] = await once(child, 'message')
  expect(await once(child, 'exit')).toEqual([0, null])
  expect(ends).toHaveLength(12)
  expect(ends.filter((end: string) => end !== 'closed' && end !== 'swept')).toEqual([])
  // Each second sweep began on a closed storage.
  expect(ends.filter((_: string, index: number) => index % 2 === 1)).toEqual(Array(6).fill('closed'))
})
