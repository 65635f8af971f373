import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type SqliteStorageOptions, sqliteStorage } from '../../../adapters/sqlite/index.js'
import {
  InvalidOptionsError,
  NewerSchemaError,
  StorageFailedError,
  StorageOpenError,
  type UsersError,
} from '../../../src/errors/index.js'
import { someUsers } from '../../../src/testing/storage-contract/builders.js'
import { given } from '../../../src/testing/storage-contract/changes.js'
import { userIds } from '../../../src/testing/storage-contract/walks.js'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollbook-'))
  file = join(folder, 'users.db')
})

afterEach(() => rmSync(folder, { recursive: true }))

/** Runs SQL in the file, as another program would. */
function elsewhere(sql: string): void {
  const database = new Database(file)
  database.exec(sql)
  database.close()
}

/** Answers the error that a storage is refused with. */
function refused(database: string, options: object = {}): UsersError {
  try {
    // What a caller without types may pass.
    void sqliteStorage(database, options as SqliteStorageOptions).close()
  } catch (error) {
    return error as UsersError
  }
  throw new Error('the storage was opened')
}

/** Fills a file with users, and then all its pages but the first with noise. */
async function damage(): Promise<void> {
  const storage = sqliteStorage(file)
  await given(storage, { users: someUsers(200) })
  await storage.close()
  const bytes = readFileSync(file)
  writeFileSync(file, bytes.fill(0xff, 4096))
}

describe('a file that cannot be used is told at once, with its cure', () => {
  test('a folder that does not exist [B-102]', () => {
    const error = refused(join(folder, 'missing', 'users.db'))
    expect(error).toBeInstanceOf(StorageOpenError)
    expect(error.message).toContain('create the folder first')
    expect(error.message).toContain(JSON.stringify(join(folder, 'missing', 'users.db')))
  })

  test('a folder in the place of the file [B-102]', () => {
    mkdirSync(file)
    const error = refused(file)
    expect(error).toBeInstanceOf(StorageOpenError)
    expect(error.message).toContain('it is a folder')
  })

  test('a file of something else, which stays as it was [B-102]', () => {
    const text = 'name,email\n'.repeat(500)
    writeFileSync(file, text)
    const error = refused(file)
    expect(error).toBeInstanceOf(StorageOpenError)
    expect(error.message).toMatch(/is not an SQLite database: give the path of another file/)
    expect(readFileSync(file, 'utf8')).toBe(text)
  })

  test('a damaged database [B-102]', async () => {
    await damage()
    const error = refused(file)
    expect(error).toBeInstanceOf(StorageOpenError)
    expect(error.message).toContain('restore it from a backup')
  })

  test("a damaged database under a host's handle, at the first call [B-102]", async () => {
    await damage()
    const handle = new Database(file)
    const failure = await sqliteStorage(handle)
      .findUser({ id: 'u0001' })
      .catch((error: unknown) => error)
    handle.close()
    expect(failure).toBeInstanceOf(StorageFailedError)
    expect(failure).toMatchObject({ reason: 'corrupt' })
  })

  test("somebody else's table of users, which stays as it was [B-102, B-110]", () => {
    elsewhere("create table rollbook_users (name); insert into rollbook_users values ('mine')")
    const error = refused(file)
    expect(error).toBeInstanceOf(StorageOpenError)
    expect(error.message).toContain('choose another prefix')
    const database = new Database(file)
    expect(database.prepare("select name from sqlite_master where type = 'table'").pluck().all()).toEqual([
      'rollbook_users',
    ])
    expect(database.prepare('select name from rollbook_users').pluck().all()).toEqual(['mine'])
    database.close()
  })

  test.each(['name text, ran_at text', 'id text primary key'])(
    "somebody else's table of migrations (%s) [B-102, B-110]",
    (columns) => {
      elsewhere(`create table rollbook_migrations (${columns})`)
      const error = refused(file)
      expect(error).toBeInstanceOf(StorageOpenError)
      expect(error.message).toContain('choose another prefix')
    },
  )

  test('tables of a newer version, which stay as they were [B-102, B-110]', async () => {
    const storage = sqliteStorage(file)
    await given(storage, { users: someUsers(1) })
    await storage.close()
    elsewhere("insert into rollbook_migrations values ('9999-from-the-future', 0, 1)")
    const error = refused(file)
    expect(error).toBeInstanceOf(NewerSchemaError)
    expect(error.message).toMatch(/"9999-from-the-future".*install a newer rollbook/)
    elsewhere("delete from rollbook_migrations where id like '9999%'")
    const again = sqliteStorage(file)
    expect(await userIds(again)).toEqual(['u0000'])
    await again.close()
  })

  test("tables of a newer version under a host's handle, at the first call and at migrate [B-102, B-110]", async () => {
    await sqliteStorage(file).close()
    elsewhere("insert into rollbook_migrations values ('9999-from-the-future', 0, 1)")
    const handle = new Database(file)
    const storage = sqliteStorage(handle)
    await expect(storage.findUser({ id: 'ann' })).rejects.toThrow(NewerSchemaError)
    await expect(storage.commit([])).rejects.toThrow(NewerSchemaError)
    await expect(storage.migrate()).rejects.toThrow(NewerSchemaError)
    handle.close()
  })

  test('a file of no bytes is a new one [B-102]', async () => {
    writeFileSync(file, '')
    const storage = sqliteStorage(file)
    await given(storage, { users: someUsers(1) })
    expect(await userIds(storage)).toEqual(['u0000'])
    await storage.close()
  })

  test('tables of the host beside ours are left alone [B-110]', async () => {
    elsewhere("create table users (name); insert into users values ('mine')")
    const storage = sqliteStorage(file)
    await given(storage, { users: someUsers(1) })
    await storage.close()
    const database = new Database(file)
    expect(database.prepare('select name from users').pluck().all()).toEqual(['mine'])
    database.close()
  })
})

describe('an option that cannot be meant is refused by name', () => {
  test.each([
    ['a typo', { prefx: 'app_' }, 'prefx is not an option: prefix and synchronous are'],
    ['a prefix with a quote', { prefix: 'a"b' }, 'prefix must be'],
    ['a prefix in capitals', { prefix: 'App_' }, 'prefix must be'],
    ['a prefix that begins with a digit', { prefix: '1app_' }, 'prefix must be'],
    ['an empty prefix', { prefix: '' }, 'prefix must be'],
    ['a prefix that is too long', { prefix: `a${'b'.repeat(31)}` }, 'prefix must be'],
    ['a prefix that is no text', { prefix: null }, 'prefix must be'],
    ['a prefix that SQLite keeps for itself', { prefix: 'sqlite_' }, 'prefix must'],
    ['another durability', { synchronous: 'off' }, 'synchronous must be full or normal'],
  ])('%s', (_what, options, message) => {
    const error = refused(file, options)
    expect(error).toBeInstanceOf(InvalidOptionsError)
    expect(error.message).toContain(`sqliteStorage: ${message}`)
  })

  test.each([
    ['an empty text', ''],
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['an object', {}],
    ['a URL', new URL('file:///users.db')],
  ])('%s in the place of a path or a handle', (_what, database) => {
    const error = refused(database as string)
    expect(error).toBeInstanceOf(InvalidOptionsError)
    expect(error.message).toContain('give the path of a file, or an open database of better-sqlite3')
  })
})
