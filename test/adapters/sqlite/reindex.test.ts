import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { type SqliteStorage, sqliteStorage } from '../../../adapters/sqlite/index.js'
import { indexDamage } from '../../../adapters/sqlite/search/index-health.js'
import type { UsersStorage } from '../../../src/ports/storage.js'
import { aQuery, aUserRecord } from '../../../src/testing/storage-contract/builders.js'
import { deleteUser, insertUser, replaceUser } from '../../../src/testing/storage-contract/changes.js'
import { started } from '../../processes/started.js'
import { requireIndexed } from './index-law.js'
import { makeOldFile } from './old-file.js'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollbook-reindex-'))
  file = join(folder, 'users.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

function opened(): Database.Database {
  const handle = new Database(file)
  onTestFinished(() => void handle.close())
  return handle
}

/** Does what nobody should, as other programs and half a backup do. */
function harm(sql: string): void {
  const handle = new Database(file)
  handle.unsafeMode()
  handle.exec(sql)
  handle.close()
}

async function fill(count: number): Promise<void> {
  const storage = sqliteStorage(file)
  const users = Array.from({ length: count }, (_, index) =>
    aUserRecord({ id: `u${index}`, searchText: `user ${index}` }),
  )
  await storage.commit(users.map(insertUser))
  await storage.close()
}

async function search(storage: UsersStorage, match: string): Promise<number | undefined> {
  return (await storage.listUsers({ ...aQuery({ limit: 1, total: 'exact' }), match })).total
}

const damages: readonly (readonly [string, string])[] = [
  ['is emptied', `insert into rollbook_users_search (rollbook_users_search) values ('delete-all')`],
  ['has lost all its rows', 'delete from rollbook_users_search_data'],
  ['has lost some of its rows', 'delete from rollbook_users_search_data where id > 10'],
  ['has lost its data', 'drop table rollbook_users_search_data'],
  ['has lost its own index', 'drop table rollbook_users_search_idx'],
  ['has lost its settings', 'drop table rollbook_users_search_config'],
  ['is gone', 'drop table rollbook_users_search'],
  [
    'lacks half of the users',
    `insert into rollbook_users_search (rollbook_users_search, rowid, search_text)
      select 'delete', seq, search_text from rollbook_users_searched where seq > 50`,
  ],
  [
    'lacks a user who was added past it',
    `drop trigger rollbook_user_added; update rollbook_users set seq = 5000 where seq = 9`,
  ],
  ...['user_counted', 'user_added', 'user_renamed', 'user_uncounted', 'user_removed'].map(
    (trigger) => [`has lost the trigger ${trigger}`, `drop trigger rollbook_${trigger}`] as const,
  ),
  ['has lost its view', 'drop view rollbook_users_searched'],
  ['has lost its list of terms', 'drop table rollbook_search_terms'],
  ['has lost its counts', 'drop table rollbook_user_blocks'],
  ['counts wrongly', 'update rollbook_user_blocks set users = users + 1'],
  ['has lost its mark', 'drop table rollbook_users_to_index'],
  ['was left half made', 'insert into rollbook_users_to_index values (40)'],
]

describe('a search index of few users', () => {
  test.each(damages)('that %s is made anew when the file is opened [B-145]', async (_what, sql) => {
    await fill(100)
    harm(sql)
    const storage = sqliteStorage(file)
    expect(await search(storage, 'user')).toBe(100)
    await storage.commit([
      insertUser(aUserRecord({ id: 'new', email: 'new', emailKey: 'new', searchText: 'user new' })),
    ])
    expect(await search(storage, 'user')).toBe(101)
    await storage.close()
    requireIndexed(opened())
  })
})

const named = {
  code: 'storage-failed',
  reason: 'index',
  message: expect.stringContaining('call reindex() of the storage'),
}

describe("a search index under a host's handle", () => {
  // Without its settings, only a connection of the storage's own can drop it.
  const curable = damages.slice(0, -1).filter(([what]) => what !== 'has lost its settings')

  test.each(curable)('that %s hides nobody: the error names it and its cure [B-145]', async (_what, sql) => {
    await fill(100)
    harm(sql)
    const handle = opened()
    const storage = sqliteStorage(handle)
    expect((await storage.findUser({ id: 'u5' }))?.id).toBe('u5')
    await expect(search(storage, 'user')).rejects.toMatchObject(named)
    const renamed = replaceUser(aUserRecord({ id: 'u5' }), { searchText: 'renamed' })
    const blocked = await storage.commit([renamed]).catch((error: unknown) => error)
    if (blocked !== undefined) expect(blocked).toMatchObject(named)
    await storage.reindex()
    expect(await search(storage, 'user')).toBe(blocked === undefined ? 99 : 100)
    requireIndexed(handle)
  })

  test('keeps what FTS5 was told for it [B-145]', async () => {
    await fill(100)
    harm(`insert into rollbook_users_search (rollbook_users_search, rank) values ('crisismerge', 32)`)
    const handle = opened()
    const settings = () => handle.prepare('select * from rollbook_users_search_config order by k').all()
    const before = settings()
    await sqliteStorage(handle).reindex()
    expect(settings()).toEqual(before)
  })

  test('is not made anew inside a transaction of the host [B-145]', async () => {
    await fill(3)
    const handle = opened()
    const storage = sqliteStorage(handle)
    handle.exec('begin')
    await expect(storage.reindex()).rejects.toMatchObject({ code: 'inside-transaction' })
    handle.exec('rollback')
  })
})

describe('a search index of many users', () => {
  const count = 12_000

  async function changeMany(storage: SqliteStorage, isDone: () => boolean): Promise<number> {
    let added = 0
    while (!isDone()) {
      const id = `late${added++}`
      const late = aUserRecord({ id, email: id, emailKey: id, searchText: `late ${id}` })
      const other = { ...late, id: `${id}x`, email: `${id}x`, emailKey: `${id}x` }
      await Promise.all([storage.commit([insertUser(late)]), storage.commit([insertUser(other)])])
      await storage.commit([replaceUser(late, { searchText: `later ${id}` })])
      await storage.commit([deleteUser(other)])
      expect(await search(storage, 'late')).toBe(added)
    }
    return added
  }

  test('is made anew while others write, and nobody is hidden meanwhile [B-145]', async () => {
    makeOldFile(file, count)
    await sqliteStorage(file).close()
    harm(damages[0]?.[1] ?? '')
    const storage = sqliteStorage(file, { synchronous: 'normal' })
    await expect(search(storage, 'user')).rejects.toMatchObject(named)
    let isDone = false
    const reindexing = storage.reindex().then(() => {
      isDone = true
    })
    await expect.poll(() => search(storage, 'some').catch(() => 0)).toBe(count)
    const added = await changeMany(storage, () => isDone)
    await reindexing
    expect(added).toBeGreaterThan(1)
    expect(await search(storage, 'late')).toBe(added)
    await storage.close()
    requireIndexed(opened())
  })

  test('goes on being made after a kill, until when all users are found [B-145]', async () => {
    makeOldFile(file, 4 * count)
    await sqliteStorage(file).close()
    const child = await started('reindex.mjs', [file])
    const handle = opened()
    const mark = handle.prepare('select min(first_seq) from rollbook_users_to_index').pluck()
    await expect.poll(() => Number(mark.get()), { timeout: 10_000, interval: 1 }).toBeGreaterThan(0)
    child.kill()
    expect(await child.ended).toEqual([null, 'SIGKILL'])
    const killedAt = Number(mark.get())
    expect(killedAt).toBeLessThan(4 * count)

    const storage = sqliteStorage(file, { synchronous: 'normal' })
    expect(await search(storage, '@')).toBe(4 * count)
    await storage.reindex()
    expect(await search(storage, '@')).toBe(4 * count)
    await storage.close()
    requireIndexed(handle)
  })

  test('is found sound after commits of all sorts [B-145]', async () => {
    makeOldFile(file, 3000)
    const storage = sqliteStorage(file, { synchronous: 'normal' })
    for (let round = 0; round < 10; round++) {
      const users = [0, 1, 2].map((n) => aUserRecord({ id: `r${round}.${n}`, searchText: `"${n}` }))
      await storage.commit(users.map((user) => insertUser({ ...user, email: user.id, emailKey: user.id })))
      const [first = aUserRecord(), second = aUserRecord()] = users
      await storage.commit([replaceUser({ ...first, email: first.id, emailKey: first.id }, { searchText: 'x' })])
      await storage.commit([deleteUser(second)])
    }
    await storage.sweep({ expiredAt: new Date(0), limit: 100 })
    expect(indexDamage(opened(), 'rollbook_')).toBe(undefined)
    await storage.close()
  })
})
