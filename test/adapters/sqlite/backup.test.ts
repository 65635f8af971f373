import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { type SqliteHandle, type SqliteStorage, sqliteStorage } from '../../../adapters/sqlite/index.js'
import {
  ClosedError,
  InsideTransactionError,
  InvalidOptionsError,
  NotMigratedError,
  StorageFailedError,
  StorageOpenError,
} from '../../../src/errors/index.js'
import { aUserRecord, someUsers } from '../../../src/testing/storage-contract/builders.js'
import { given, insertUser } from '../../../src/testing/storage-contract/changes.js'
import { userIds } from '../../../src/testing/storage-contract/walks.js'
import { started } from '../../processes/started.js'
import { requireIndexed } from './index-law.js'

let folder: string
let file: string
let copy: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollbook-backup-'))
  file = join(folder, 'users.db')
  copy = join(folder, 'copy.db')
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

const modeOf = (name: string) => statSync(name).mode & 0o777

function hostHandle(path = file): Database.Database {
  const handle = new Database(path)
  onTestFinished(() => void handle.close())
  return handle
}

async function onHandle(handle: SqliteHandle): Promise<SqliteStorage> {
  const storage = sqliteStorage(handle)
  await storage.migrate()
  return storage
}

describe('a backup', () => {
  test.each([
    ['a file', () => sqliteStorage(file)],
    ['memory', () => sqliteStorage(':memory:')],
    ["a host's handle", () => onHandle(hostHandle())],
    ["a host's handle in memory", () => onHandle(hostHandle(':memory:'))],
    [
      "a host's handle whose driver cannot copy",
      () => {
        const own = hostHandle()
        return onHandle({
          prepare: (sql) => own.prepare(sql),
          exec: (sql) => own.exec(sql),
          close: () => own.close(),
          get inTransaction() {
            return own.inTransaction
          },
        })
      },
    ],
  ])('of %s is a whole database for its owner alone [B-143]', async (_, opened) => {
    const storage = await opened()
    onTestFinished(() => storage.close())
    await given(storage, { users: someUsers(50) })
    await storage.backup(copy)
    expect(modeOf(copy)).toBe(0o600)
    expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual(['copy.db'])
    await storage.commit([insertUser(aUserRecord({ id: 'later' }))])
    const restored = sqliteStorage(copy)
    onTestFinished(() => restored.close())
    expect(await userIds(restored)).toEqual(someUsers(50).map(({ id }) => id))
    requireIndexed(hostHandle(copy))
  })

  test('is private from its first byte on, whatever the umask, and no other file is overwritten [B-143]', async () => {
    const storage = sqliteStorage(file)
    onTestFinished(() => storage.close())
    writeFileSync(copy, 'mine')
    await expect(storage.backup(copy)).rejects.toThrow(StorageOpenError)
    await expect(storage.backup(copy)).rejects.toThrow(`${JSON.stringify(copy)} exists: give the path of a new file`)
    await expect(storage.backup(file)).rejects.toThrow(StorageOpenError)
    expect(statSync(copy).size).toBe(4)
    const other = join(folder, 'other.db')
    writeFileSync(`${other}-wal`, 'of another database')
    await expect(storage.backup(other)).rejects.toThrow('other.db-wal')
    symlinkSync(join(folder, 'nowhere'), join(folder, 'link.db'))
    await expect(storage.backup(join(folder, 'link.db'))).rejects.toThrow(StorageOpenError)
    expect(existsSync(other)).toBe(false)
  })

  test('into what is no path, or no folder, says so [B-143]', async () => {
    const storage = sqliteStorage(file)
    onTestFinished(() => storage.close())
    for (const path of ['', ' ', ':memory:', undefined, 7]) {
      await expect(storage.backup(path as string)).rejects.toThrow(InvalidOptionsError)
    }
    await expect(storage.backup(join(folder, 'missing', 'copy.db'))).rejects.toThrow('create the folder first')
  })

  test('that fails leaves no file [B-143]', async () => {
    const handle = hostHandle()
    const storage = await onHandle(handle)
    handle.backup = async (path) => {
      writeFileSync(path, 'half a database')
      writeFileSync(`${path}-journal`, '')
      throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_WRITE' })
    }
    await expect(storage.backup(copy)).rejects.toThrow(StorageFailedError)
    handle.backup = async (path) => {
      writeFileSync(path, 'something else of the size of a database'.repeat(200))
      return { totalPages: 1, remainingPages: 0 }
    }
    await expect(storage.backup(copy)).rejects.toMatchObject({ reason: 'corrupt' })
    expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual([])
  })

  test('needs an open storage with its tables, outside a transaction of the host [B-143]', async () => {
    const handle = hostHandle()
    await expect(sqliteStorage(handle).backup(copy)).rejects.toThrow(NotMigratedError)
    const storage = await onHandle(handle)
    handle.exec('begin')
    await expect(storage.backup(copy)).rejects.toThrow(InsideTransactionError)
    await expect(storage.vacuum()).rejects.toThrow(InsideTransactionError)
    handle.exec('rollback')
    const own = sqliteStorage(join(folder, 'own.db'))
    await own.close()
    await expect(own.backup(copy)).rejects.toThrow(ClosedError)
    await expect(own.vacuum()).rejects.toThrow(ClosedError)
    expect(existsSync(copy)).toBe(false)
  })

  test('is made by a thread beside writes, and holds all that were acknowledged before [B-143]', async () => {
    const child = await started('backup-beside.mjs', [file, copy])
    // One copies, and one checks.
    expect(await child.ask('go on')).toEqual({ threads: 2, wroteMeanwhile: true })
    expect(await child.ended).toEqual([0, null])
    expect(hostHandle(copy).prepare("select count(*) from rollbook_users where id like 'before%'").pluck().get()).toBe(
      300,
    )
    requireIndexed(hostHandle(copy))
  })
})

describe('a file that was there with rights for others', () => {
  test('is taken from them when it is opened, and so are those beside it [B-142]', async () => {
    await sqliteStorage(file).close()
    chmodSync(file, 0o664)
    const other = hostHandle()
    other.exec('create table t (a); begin; insert into t values (1); commit')
    expect(modeOf(`${file}-wal`)).not.toBe(0o600)
    const storage = sqliteStorage(file)
    onTestFinished(() => storage.close())
    expect(readdirSync(folder).map((name) => modeOf(join(folder, name)))).toEqual([0o600, 0o600, 0o600])
  })

  test('is made private where a link points to it [B-142]', async () => {
    await sqliteStorage(file).close()
    chmodSync(file, 0o644)
    symlinkSync(file, join(folder, 'link.db'))
    await sqliteStorage(join(folder, 'link.db')).close()
    expect(modeOf(file)).toBe(0o600)
  })

  test('and belongs to somebody else is told of, with its cure [B-142]', async () => {
    await sqliteStorage(file).close()
    chmodSync(file, 0o644)
    const warned = vi.spyOn(process, 'emitWarning').mockReturnValue()
    vi.spyOn(process, 'getuid').mockReturnValue(54321)
    await sqliteStorage(file).close()
    expect(warned.mock.calls).toEqual([[expect.stringMatching(/users\.db.*chmod 600/), 'RollbookWarning']])
    expect(modeOf(file)).toBe(0o644)
  })

  test("stays as it is under a host's handle [B-142]", async () => {
    const handle = hostHandle()
    chmodSync(file, 0o640)
    await (await onHandle(handle)).commit([insertUser(aUserRecord())])
    expect(modeOf(file)).toBe(0o640)
  })
})
