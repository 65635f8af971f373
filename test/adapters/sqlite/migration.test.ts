import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sqliteStorage } from '../../../adapters/sqlite/index.js'
import { migrations } from '../../../adapters/sqlite/migrations.js'
import { StorageOpenError } from '../../../src/errors/index.js'
import { createTestUsers } from '../../../src/testing/index.js'
import { started } from '../../processes/started.js'
import { requireIndexed } from './index-law.js'
import { makeOldFile } from './old-file.js'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollbook-migration-'))
  file = join(folder, 'users.db')
  makeOldFile(file, 500)
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Looks into the file, as another program does. */
function looking<T>(look: (handle: Database.Database) => T): T {
  const handle = new Database(file)
  try {
    return look(handle)
  } finally {
    handle.close()
  }
}

const schemaOf = (handle: Database.Database) =>
  handle.prepare('select name, sql from sqlite_master where name like ? order by name').all('rollbook%')
const appliedIn = (handle: Database.Database) =>
  handle.prepare('select id from rollbook_migrations order by id').pluck().all()

test('a step that fails leaves the tables and the rows of the version before, which that version goes on with [B-110]', async () => {
  const before = looking(schemaOf)
  // In the place of a table that a later step makes.
  looking((handle) => handle.exec('create table rollbook_user_blocks (name text)'))
  expect(() => sqliteStorage(file)).toThrow(StorageOpenError)
  looking((handle) => {
    handle.exec('drop table rollbook_user_blocks')
    expect(schemaOf(handle)).toEqual(before)
    expect(appliedIn(handle)).toEqual([migrations[0]?.id])
    handle.exec("update rollbook_users set name = 'Ada' where id = 'u1'")
    expect(handle.prepare('select count(*) from rollbook_users').pluck().get()).toBe(500)
    expect(handle.pragma('integrity_check', { simple: true })).toBe('ok')
  })
  const { users } = createTestUsers({ storage: sqliteStorage(file) })
  expect(await users.getUser('u1')).toMatchObject({ name: 'Ada' })
  await users.close()
})

test.each(migrations.slice(1).map(({ id }, step) => ({ id, steps: step + 1 })))(
  'a file without $id and what came later is brought up to date, and its rows are found [B-110]',
  async ({ steps }) => {
    const old = join(folder, 'old.db')
    makeOldFile(old, 500, steps)
    const { users } = createTestUsers({ storage: sqliteStorage(old) })
    await Promise.all(['new1', 'new2'].map((id) => users.createUser({ id, email: `${id}@example.com` })))
    await users.updateUserName('u1', { name: 'Ada' })
    await users.deleteUser('u2')
    const totalOf = async (search: string) => (await users.listUsers({ search, limit: 0, total: true })).total
    expect([await totalOf('@example.com'), await totalOf('someone'), await totalOf('ada')]).toEqual([501, 498, 1])
    await users.close()
    const handle = new Database(old)
    requireIndexed(handle)
    handle.close()
  },
)

test('four processes that open a file of the version before at once migrate it once, and all its rows are found [B-110]', async () => {
  const ids = ['p1', 'p2', 'p3', 'p4']
  const processes = await Promise.all(ids.map((id) => started('open-and-write.mjs', [file, id])))
  for (const one of processes) one.send('open')
  for (const one of processes) expect(await one.ended).toEqual([0, null])
  expect(looking(appliedIn)).toEqual(migrations.map(({ id }) => id))
  const { users } = createTestUsers({ storage: sqliteStorage(file) })
  expect((await users.listUsers({ limit: 0, total: true })).total).toBe(504)
  expect((await users.listUsers({ search: '499@example' })).items.map(({ id }) => id)).toEqual(['u499'])
  for (const id of ids) expect((await users.listUsers({ search: `${id}@` })).items.map((user) => user.id)).toEqual([id])
  await users.close()
})
