import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { apiKeys, expressUsers } from '../../../../adapters/express/index.js'
import { sqliteStorage } from '../../../../adapters/sqlite/index.js'
import { keptLogger } from '../../../../src/testing/http-contract/spies.js'
import { createTestUsers } from '../../../../src/testing/index.js'
import { listen } from '../../../http/listen.js'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollbook-damaged-'))
  file = join(folder, 'users.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Writes noise over the pages of one table, which is not looked at when the file is opened. */
function damage(table: string): void {
  const handle = new Database(file)
  const pages = handle.prepare('select pgoffset from dbstat where name = ?').pluck().all(table)
  const size = Number(handle.pragma('page_size', { simple: true }))
  handle.close()
  const descriptor = openSync(file, 'r+')
  for (const offset of pages) writeSync(descriptor, Buffer.alloc(size, 0xa5), 0, size, Number(offset))
  closeSync(descriptor)
}

test('a damaged page is a typed error for what needs it, a 503 without a word of it over HTTP, and nothing to others [B-102]', async () => {
  const before = createTestUsers({ storage: sqliteStorage(file) })
  await before.users.createUser({ email: 'ada@example.com', id: 'ada' })
  await before.users.close()
  damage('rollbook_activity')
  const { users } = createTestUsers({ storage: sqliteStorage(file) })
  const failure = { code: 'storage-failed', reason: 'corrupt', cause: { code: 'SQLITE_CORRUPT' } }
  await expect(users.getUserLogs('ada')).rejects.toMatchObject(failure)
  await expect(users.updateUserName('ada', { name: 'Ada' })).rejects.toMatchObject(failure)
  expect(await users.getUser('ada')).toMatchObject({ name: '' })

  const logger = keptLogger()
  const { url, stop } = await listen(expressUsers({ users, logger, authorize: apiKeys(['key']) }))
  onTestFinished(stop)
  const answer = await fetch(`${url}/users/ada/logs`, { headers: { 'X-Appwrite-Key': 'key' } })
  expect(answer.status).toBe(503)
  expect(await answer.text()).not.toMatch(/corrupt|malformed|SQLITE|damaged/i)
  expect(logger.told).toMatchObject([{ details: { err: failure } }])
  await users.close()
})

test('a file that is deleted beneath a storage is written to no more, and the end of the storage leaves the next file whole [B-102, B-144]', async () => {
  const old = createTestUsers({ storage: sqliteStorage(file) }).users
  await old.createUser({ email: 'ada@example.com', id: 'ada' })
  for (const name of readdirSync(folder)) rmSync(join(folder, name))
  const next = createTestUsers({ storage: sqliteStorage(file) }).users
  await next.createUser({ email: 'ben@example.com', id: 'ben' })
  const replaced = { code: 'storage-failed', reason: 'replaced' }
  // A commit just before may have been the last to look.
  await old.updateUserName('ada', { name: 'Ada' }).catch(() => {})
  await expect(old.updateUserName('ada', { name: 'Ada' })).rejects.toMatchObject(replaced)
  await expect(old.getUser('ada')).rejects.toMatchObject(replaced)
  await old.close()
  await next.createUser({ email: 'zoe@example.com', id: 'zoe' })
  await next.close()

  const last = createTestUsers({ storage: sqliteStorage(file) }).users
  expect((await last.listUsers()).items.map(({ id }) => id)).toEqual(['ben', 'zoe'])
  await last.close()
})
