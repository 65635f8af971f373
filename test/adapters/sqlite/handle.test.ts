import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type SqliteStorage, sqliteStorage } from '../../../adapters/sqlite/index.js'
import { InsideTransactionError, NotMigratedError, StorageFailedError } from '../../../src/errors/index.js'
import { aQuery, aSession, at, aUserRecord, someUsers } from '../../../src/testing/storage-contract/builders.js'
import { given, insertUser } from '../../../src/testing/storage-contract/changes.js'
import { userIds } from '../../../src/testing/storage-contract/walks.js'

const ann = aUserRecord({ id: 'ann' })
const ben = aUserRecord({ id: 'ben' })

let folder: string
const handles: Database.Database[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollbook-'))
})

afterEach(() => {
  for (const handle of handles.splice(0)) handle.close()
  rmSync(folder, { recursive: true })
})

function hostHandle(options: Database.Options = {}): Database.Database {
  const handle = new Database(join(folder, 'users.db'), options)
  handles.push(handle)
  return handle
}

/** A storage on a handle of the host, with its tables. */
async function onHandle(handle: Database.Database): Promise<SqliteStorage> {
  const storage = sqliteStorage(handle)
  await storage.migrate()
  return storage
}

describe("a host's handle", () => {
  test('is not migrated until migrate is called [B-110]', async () => {
    const storage = sqliteStorage(hostHandle())
    await expect(storage.findUser({ id: 'ann' })).rejects.toThrow(NotMigratedError)
    await expect(storage.commit([insertUser(ann)])).rejects.toThrow(NotMigratedError)
    await expect(storage.sweep({ expiredAt: at(0), limit: 1 })).rejects.toThrow('call migrate()')
    await storage.migrate()
    await storage.migrate()
    await storage.commit([insertUser(ann)])
    expect(await userIds(storage)).toEqual(['ann'])
  })

  test('is still open after close, with the settings that it had [B-109]', async () => {
    const handle = hostHandle()
    const storage = await onHandle(handle)
    await storage.close()
    expect(handle.open).toBe(true)
    expect(handle.pragma('journal_mode', { simple: true })).toBe('delete')
    expect(handle.pragma('busy_timeout', { simple: true })).toBe(5000)
  })

  test('whose integers are bigint for the host gives the same records, and keeps its rule', async () => {
    const handle = hostHandle()
    handle.defaultSafeIntegers(true)
    const storage = await onHandle(handle)
    await given(storage, { users: [ann, ben], sessions: [aSession()] })
    expect(await storage.findSession('hash of s1')).toEqual({ session: aSession(), user: ann })
    expect((await storage.listUsers(aQuery({ total: 'exact' }))).total).toBe(2)
    expect(handle.prepare('select 1').pluck().get()).toBe(1n)
  })

  test('inside a transaction of the host refuses to commit, sweep and migrate, and changes nothing [B-109]', async () => {
    const handle = hostHandle()
    const storage = await onHandle(handle)
    await given(storage, { users: [ann], sessions: [aSession({ expiresAt: at(0) })] })
    handle.exec('create table notes (text); begin')
    handle.exec("insert into notes values ('mine')")
    await expect(storage.commit([insertUser(ben)])).rejects.toThrow(InsideTransactionError)
    await expect(storage.commit([])).rejects.toThrow(InsideTransactionError)
    await expect(storage.sweep({ expiredAt: at(0), limit: 1 })).rejects.toThrow(InsideTransactionError)
    await expect(storage.migrate()).rejects.toThrow(InsideTransactionError)
    expect(await userIds(storage)).toEqual(['ann'])
    handle.exec('commit')
    expect(handle.prepare('select text from notes').pluck().all()).toEqual(['mine'])
    expect((await storage.findSession('hash of s1'))?.session.id).toBe('s1')
    await storage.commit([insertUser(ben)])
  })

  test('is in no transaction after a commit, also after one that was refused', async () => {
    const handle = hostHandle()
    const storage = await onHandle(handle)
    await storage.commit([insertUser(ann)])
    expect(handle.inTransaction).toBe(false)
    await expect(storage.commit([insertUser(ben), insertUser(ann)])).rejects.toMatchObject({ reason: 'id-taken' })
    expect(handle.inTransaction).toBe(false)
  })

  test("keeps the host's own rows, written among commits of ours that succeed and that are refused [B-109]", async () => {
    const handle = hostHandle()
    const storage = await onHandle(handle)
    handle.exec('create table notes (number integer)')
    const note = handle.prepare('insert into notes values (?)')
    const commits = someUsers(50).map((user, index) => {
      const refused = insertUser({ ...user, id: `other${index}` })
      const committing = storage.commit(index % 2 ? [insertUser(user)] : [insertUser(user), refused])
      note.run(index)
      return committing
    })
    const ends = await Promise.allSettled(commits)
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(25)
    handle.transaction(() => note.run(50))()
    const numbers = handle.prepare('select number from notes').pluck().all()
    expect(numbers).toEqual(Array.from({ length: 51 }, (_, number) => number))
    expect(await userIds(storage)).toHaveLength(25)
  })

  test('is locked for writing from the first statement of a commit or a migration [B-100]', async () => {
    const statements: string[] = []
    const handle = hostHandle({ verbose: (sql) => statements.push(String(sql)) })
    const storage = await onHandle(handle)
    expect(statements[0]).toBe('BEGIN IMMEDIATE')
    // The first call looks once whether the tables are there, and the first commit at the settings.
    await storage.commit([])
    statements.length = 0
    await storage.commit([insertUser(ann)])
    expect([statements[0], statements.at(-1)]).toEqual(['BEGIN IMMEDIATE', 'COMMIT'])
    expect(statements.filter((sql) => sql.startsWith('BEGIN'))).toHaveLength(1)
  })

  test('that cannot write gives reads, and a storage failure for writes [B-102]', async () => {
    await (await onHandle(hostHandle())).commit([insertUser(ann)])
    const storage = sqliteStorage(hostHandle({ readonly: true }))
    expect(await storage.findUser({ id: 'ann' })).toEqual(ann)
    await expect(storage.commit([insertUser(ben)])).rejects.toMatchObject({
      code: 'storage-failed',
      reason: 'read-only',
    })
  })

  test('whose disk is full gives reads, undoes the commit, and works again when there is room [B-102, B-94]', async () => {
    const handle = hostHandle()
    const storage = await onHandle(handle)
    await storage.commit([insertUser(ann)])
    handle.pragma(`max_page_count = ${handle.pragma('page_count', { simple: true })}`)
    const many = someUsers(500).map(insertUser)
    await expect(storage.commit(many)).rejects.toMatchObject({ code: 'storage-failed', reason: 'full' })
    expect(handle.inTransaction).toBe(false)
    expect(await userIds(storage)).toEqual(['ann'])
    handle.pragma('max_page_count = 1000000')
    await storage.commit(many)
    expect((await storage.listUsers(aQuery({ limit: 0, total: 'exact' }))).total).toBe(501)
  })

  test("gives a driver's error that it cannot name as the cause of a storage failure", async () => {
    const handle = hostHandle()
    const storage = await onHandle(handle)
    handle.exec('drop table rollbook_users; create view rollbook_users as select 1 as one')
    const error = await storage.findUser({ id: 'ann' }).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(StorageFailedError)
    expect(error).toMatchObject({ reason: 'unknown', cause: { code: 'SQLITE_ERROR' } })
  })
})
