import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type SqliteStorage, type SqliteStorageOptions, sqliteStorage } from '../../../adapters/sqlite/index.js'
import { migrations } from '../../../adapters/sqlite/migrations.js'
import { ClosedError } from '../../../src/errors/index.js'
import type { UsersStorage } from '../../../src/ports/storage.js'
import {
  anEntry,
  aQuery,
  aSession,
  at,
  aUserRecord,
  someUsers,
} from '../../../src/testing/storage-contract/builders.js'
import { deleteUser, given, insertUser } from '../../../src/testing/storage-contract/changes.js'
import { idsOf, userIds } from '../../../src/testing/storage-contract/walks.js'

const ann = aUserRecord({ id: 'ann' })
const ben = aUserRecord({ id: 'ben' })

let folder: string
let file: string
const closing: { close(): unknown }[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollbook-'))
  file = join(folder, 'users.db')
})

afterEach(async () => {
  vi.restoreAllMocks()
  for (const one of closing.splice(0)) await one.close()
  rmSync(folder, { recursive: true })
})

function opened(path = file, options: SqliteStorageOptions = {}): SqliteStorage {
  const storage = sqliteStorage(path, options)
  closing.push(storage)
  return storage
}

function otherConnection(): Database.Database {
  const handle = new Database(file)
  closing.push(handle)
  return handle
}

describe('a file', () => {
  /** The settings of the connection that a storage opened for itself. */
  function settingsOfNewStorage(options: SqliteStorageOptions = {}) {
    const pragma = vi.spyOn(Database.prototype, 'pragma')
    opened(file, options)
    const own = pragma.mock.contexts[0] as Database.Database
    pragma.mockRestore()
    const names = ['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout', 'cache_size']
    return Object.fromEntries(names.map((name) => [name, own.pragma(name, { simple: true })]))
  }
  const settings = { journal_mode: 'wal', synchronous: 2, foreign_keys: 1, busy_timeout: 0, cache_size: -65536 }

  test('gets the promised settings on the first open, on the second, and beside another one [B-96, B-97]', async () => {
    expect(settingsOfNewStorage()).toEqual(settings)
    expect(settingsOfNewStorage()).toEqual(settings)
    for (const one of closing.splice(0)) await one.close()
    expect(settingsOfNewStorage()).toEqual(settings)
  })

  test('is synchronous = normal when the host says so', () => {
    expect(settingsOfNewStorage({ synchronous: 'normal' })).toEqual({ ...settings, synchronous: 1 })
  })

  test('is for nobody else to read, and so are the files beside it [B-103]', async () => {
    await opened().commit([insertUser(ann)])
    const modes = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o777])
    expect(modes).toEqual([
      ['users.db', 0o600],
      ['users.db-shm', 0o600],
      ['users.db-wal', 0o600],
    ])
  })

  test('is closed by close, and calls after that say so [B-109]', async () => {
    const storage = opened()
    await storage.close()
    expect(readdirSync(folder)).toEqual(['users.db'])
    await expect(storage.findUser({ id: 'ann' })).rejects.toThrow(ClosedError)
    await expect(storage.commit([insertUser(ann)])).rejects.toThrow(ClosedError)
    await expect(storage.sweep({ expiredAt: at(0), limit: 1 })).rejects.toThrow(ClosedError)
  })

  test('keeps everything across close and reopen, reserved ids and positions too', async () => {
    const first = opened()
    const session = aSession({ ip: '::1' })
    const entry = anEntry({ userId: 'ann', details: { a: [1] } })
    await given(first, { users: [ann, ben, ...someUsers(3)], sessions: [session], activity: [entry] })
    await first.commit([deleteUser(ben)])
    const { next: after = '' } = await first.listUsers(aQuery({ limit: 2 }))
    await first.close()

    const second = opened()
    expect(await userIds(second)).toEqual(['ann', 'u0000', 'u0001', 'u0002'])
    expect(await second.findSession(session.secretHash)).toEqual({ session, user: ann })
    expect((await second.listActivity('ann', { limit: 9, offset: 0, total: 'none' })).items).toEqual([entry])
    expect(idsOf(await second.listUsers(aQuery({ after })))).toEqual(['u0001', 'u0002'])
    await expect(second.commit([insertUser(ben)])).rejects.toMatchObject({ reason: 'id-taken' })
  })

  test('holds two separate lists of users under two prefixes', async () => {
    const [staff, guests] = [opened(file, { prefix: 'staff_' }), opened(file, { prefix: 'guests_' })]
    await given(staff, { users: [ann, ben], sessions: [aSession()] })
    await given(guests, { users: [{ ...ann, name: 'Another' }], sessions: [aSession({ ip: '::1' })] })
    await staff.commit([deleteUser(ben)])
    await guests.commit([insertUser(ben)])
    expect(await userIds(staff)).toEqual(['ann'])
    expect(await userIds(guests)).toEqual(['ann', 'ben'])
    expect((await guests.findSession('hash of s1'))?.user.name).toBe('Another')
  })

  test('is set up once when four processes open it at once, and each can write [B-110]', async () => {
    const ids = ['p1', 'p2', 'p3', 'p4']
    const children = ids.map((id) => fork(new URL('../../processes/open-and-write.mjs', import.meta.url), [file, id]))
    await Promise.all(children.map((child) => once(child, 'message')))
    const ends = children.map((child: ChildProcess) => once(child, 'exit'))
    for (const child of children) child.send('open')
    expect((await Promise.all(ends)).map(([code]) => code)).toEqual([0, 0, 0, 0])

    expect((await userIds(opened())).toSorted()).toEqual(ids)
    const handle = otherConnection()
    expect(handle.prepare('select count(*) from rollbook_migrations').pluck().get()).toBe(migrations.length)
    expect(handle.pragma('integrity_check', { simple: true })).toBe('ok')
  })
})

describe('a lock of another connection', () => {
  async function lockedOut(): Promise<{ storage: UsersStorage; other: Database.Database }> {
    const storage = opened()
    await given(storage, { users: [ann], sessions: [aSession({ expiresAt: at(0) })] })
    const other = otherConnection()
    other.exec('begin immediate')
    return { storage, other }
  }

  test('makes commit and sweep answer busy at once, and lets reads go on [B-101]', async () => {
    const { storage, other } = await lockedOut()
    const start = performance.now()
    await expect(storage.commit([insertUser(ben)])).rejects.toMatchObject({ code: 'storage-conflict', reason: 'busy' })
    await expect(storage.sweep({ expiredAt: at(0), limit: 1 })).rejects.toMatchObject({ reason: 'busy' })
    // The driver's own patience would be five seconds, in which the process stands still.
    expect(performance.now() - start).toBeLessThan(2000)
    expect(await userIds(storage)).toEqual(['ann'])
    expect((await storage.findSession('hash of s1'))?.user.id).toBe('ann')
    other.exec('rollback')
    await storage.commit([insertUser(ben)])
    expect(await userIds(storage)).toEqual(['ann', 'ben'])
  })

  test('hides from reads what it has not committed', async () => {
    const { storage, other } = await lockedOut()
    other.exec("update rollbook_users set name = 'not yet'")
    expect((await storage.findUser({ id: 'ann' }))?.name).toBe('')
    other.exec('commit')
    expect((await storage.findUser({ id: 'ann' }))?.name).toBe('not yet')
  })
})
