import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { watchLog } from '../../../adapters/sqlite/file/write-ahead-log.js'
import { sqliteStorage } from '../../../adapters/sqlite/index.js'
import { anEntry } from '../../../src/testing/storage-contract/builders.js'
import { appendActivity } from '../../../src/testing/storage-contract/changes.js'
import { started } from '../../processes/started.js'

const megabyte = 1024 * 1024
let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollbook-log-'))
  file = join(folder, 'users.db')
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

const logBytes = () => statSync(`${file}-wal`).size

/** A reader in the middle of its rows, for whom the log is kept. */
function reading(): () => void {
  const handle = new Database(file)
  const rows = handle.prepare('select * from rollbook_migrations').iterate()
  rows.next()
  const end = () => {
    rows.return?.()
    handle.close()
  }
  onTestFinished(() => void (handle.open && end()))
  return end
}

test('the thread cuts the log back when a long reader has ended, though nobody writes any more [B-141]', async () => {
  await sqliteStorage(file).close()
  const end = reading()
  const child = await started('fill-log.mjs', [file, '24'])
  await child.ask('go on')
  expect(logBytes()).toBeGreaterThan(24 * megabyte)
  end()
  await expect.poll(logBytes, { timeout: 20_000 }).toBe(0)
  child.send('close')
  expect(await child.ended).toEqual([0, null])
})

test('commits that never pause write over the log instead of extending it [B-141]', async () => {
  const child = await started('fill-log.mjs', [file, '150'])
  const { largest } = await child.ask<{ largest: number }>('go on')
  expect(largest).toBeLessThan(32 * megabyte)
  child.send('close')
  expect(await child.ended).toEqual([0, null])
})

test('without a thread, the commits after a long reader cut it back [B-141]', async () => {
  // As in a bundle, the file of the thread is not beside the source.
  const storage = sqliteStorage(file, { synchronous: 'normal' })
  onTestFinished(() => storage.close())
  const write = async (count: number) => {
    const entry = anEntry({ details: { text: 'x'.repeat(100_000) } })
    for (let i = 0; i < count; i++) await storage.commit([appendActivity(entry)])
  }
  const end = reading()
  await write(240)
  expect(logBytes()).toBeGreaterThan(24 * megabyte)
  end()
  await write(3)
  expect(logBytes()).toBeLessThan(17 * megabyte)
})

test("a sweep on a host's handle leaves its settings, and the log of a host that checkpoints by itself [B-141]", async () => {
  const handle = new Database(file)
  onTestFinished(() => void handle.close())
  handle.pragma('journal_mode = wal')
  const storage = sqliteStorage(handle)
  await storage.migrate()
  const sweep = () => storage.sweep({ expiredAt: new Date(0), limit: 20 })
  await sweep()
  expect(logBytes()).toBe(0)
  expect(handle.pragma('busy_timeout', { simple: true })).toBe(5000)
  handle.pragma('wal_autocheckpoint = 0')
  await storage.commit([appendActivity(anEntry())])
  await sweep()
  expect(logBytes()).toBeGreaterThan(0)
})

test('a reader that holds up the checkpoints of a large log for long is told of once, with its cure [B-141]', () => {
  const warned = vi.spyOn(process, 'emitWarning').mockReturnValue()
  let now = 0
  const watch = watchLog('users.db', () => now)
  const bytes = 70 * megabyte
  const checkpointAt = (second: number, state: object) => {
    now = second * 1000
    watch({ bytes, isDone: false, checkpointed: 5, ...state })
    return warned.mock.calls.length
  }
  expect(checkpointAt(0, {})).toBe(0)
  expect(checkpointAt(29, {})).toBe(0)
  // It got on, if only a little.
  expect(checkpointAt(31, { checkpointed: 6 })).toBe(0)
  expect(checkpointAt(62, { checkpointed: 6, bytes: megabyte })).toBe(0)
  expect(checkpointAt(63, { checkpointed: 6, isDone: true })).toBe(0)
  expect(checkpointAt(94, { checkpointed: 6 })).toBe(1)
  expect(warned.mock.calls[0]).toEqual([
    expect.stringMatching(/"users.db".*73 MB.*end that transaction/),
    'RollbookWarning',
  ])
  expect(checkpointAt(200, { checkpointed: 6 })).toBe(1)
})

test('a thread that is asked to cut the log again and again is not listened to by more and more [B-141]', async () => {
  const child = await started('sweep-often.mjs', [file, '12'])
  expect(await child.ask('go on')).toEqual([])
  expect(await child.ended).toEqual([0, null])
})
