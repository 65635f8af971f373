import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { watchFile } from '../../../../adapters/sqlite/file/replaced-file.js'
import { type SqliteHandle, sqliteStorage } from '../../../../adapters/sqlite/index.js'
import type { UsersStorage } from '../../../../src/ports/storage.js'
import { aUserRecord } from '../../../../src/testing/storage-contract/builders.js'
import { insertUser } from '../../../../src/testing/storage-contract/changes.js'
import { userIds } from '../../../../src/testing/storage-contract/walks.js'
import { started } from '../../../processes/started.js'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollbook-replaced-'))
  file = join(folder, 'users.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

interface Told {
  readonly ends: readonly { readonly id: string; readonly end: string }[]
  readonly read: string
}

/**
 * What SQLite does in another process that closes the database and takes itself for the last one (3.40 of Python does, when
 * the app has lost its locks): it brings the log into the file, and deletes it. Nobody writes in between, as luck would
 * have it elsewhere.
 */
function closeAsTheLast(): void {
  const [lock, last] = [new Database(file, { timeout: 10_000 }), new Database(file)]
  lock.exec('begin immediate')
  last.pragma('wal_checkpoint(passive)')
  for (const suffix of ['-wal', '-shm']) rmSync(file + suffix)
  lock.exec('rollback')
  last.close()
  lock.close()
}

async function idsIn(path: string): Promise<readonly string[]> {
  const storage = sqliteStorage(path)
  const ids = await userIds(storage)
  await storage.close()
  return ids
}

const add = (storage: UsersStorage, id: string) =>
  storage.commit([insertUser(aUserRecord({ id, email: id, emailKey: id }))])
const replaced = { code: 'storage-failed', reason: 'replaced', message: expect.stringContaining('restart the process') }

describe('an app that copied its live database as a file, and whose log another program then deleted', () => {
  test('acknowledges nothing that a kill would take, and says what to do [B-144]', async () => {
    const app = await started('copied-beneath.mjs', [file, '5'])
    closeAsTheLast()
    const { ends, read } = await app.ask<Told>('go on')
    app.kill()
    await app.ended
    const [first, second, ...others] = ends.map(({ end }) => end)
    expect(first).toBe('acknowledged')
    // When its files were looked at less than 10 ms before, it is written, and nobody can tell where.
    expect(['replaced', 'commit-outcome-unknown']).toContain(second)
    expect(others).toEqual(Array(4).fill('replaced'))
    expect(read).toBe('replaced')
    expect(await idsIn(file)).toEqual(['before'])
  })

  test('has lost nothing that was acknowledged just before, however busy it was [B-144]', async () => {
    const app = await started('copied-beneath.mjs', [file, '200'])
    const told = app.ask<Told>('go on')
    await pause(30)
    closeAsTheLast()
    const { ends } = await told
    app.kill()
    await app.ended
    const acknowledged = ends.filter(({ end }) => end === 'acknowledged').map(({ id }) => id)
    const others = new Set(ends.map(({ end }) => end))
    others.delete('acknowledged')
    expect([...others].sort().filter((end) => end !== 'replaced' && end !== 'commit-outcome-unknown')).toEqual([])
    expect(await idsIn(file)).toEqual(expect.arrayContaining(acknowledged))
  })
})

const ways: readonly (readonly [string, () => void])[] = [
  ['the file is deleted', () => rmSync(file)],
  ['the file is moved away', () => renameSync(file, join(folder, 'old.db'))],
  ['another file is moved over it', () => renameSync(join(folder, 'other.db'), file)],
  ['the log is deleted', () => rmSync(`${file}-wal`)],
  [
    'the log is replaced by a copy',
    () => {
      copyFileSync(`${file}-wal`, join(folder, 'copy'))
      renameSync(join(folder, 'copy'), `${file}-wal`)
    },
  ],
  ['the shared index of the log is deleted', () => rmSync(`${file}-shm`)],
]

describe('a commit is refused before it is written, and reads too', () => {
  test.each(ways)('when %s [B-144]', async (_what, happen) => {
    await sqliteStorage(join(folder, 'other.db')).close()
    const storage = sqliteStorage(file)
    await add(storage, 'ann')
    happen()
    // The time for which a commit relies on the last look.
    await pause(15)
    await expect(add(storage, 'ben')).rejects.toMatchObject(replaced)
    await expect(add(storage, 'ben')).rejects.toMatchObject(replaced)
    await expect(storage.sweep({ expiredAt: new Date(0), limit: 1 })).rejects.toMatchObject(replaced)
    await storage.close()
  })

  test.each(ways)("on a host's handle, when %s [B-144]", async (_what, happen) => {
    await sqliteStorage(join(folder, 'other.db')).close()
    const handle = new Database(file)
    onTestFinished(() => void handle.close())
    handle.pragma('journal_mode = wal')
    const storage = sqliteStorage(handle)
    await storage.migrate()
    await add(storage, 'ann')
    happen()
    await pause(15)
    await expect(add(storage, 'ben')).rejects.toMatchObject(replaced)
    expect(handle.inTransaction).toBe(false)
  })

  test("on a host's handle without a write-ahead log, when the file is replaced [B-144]", async () => {
    const handle = new Database(file)
    onTestFinished(() => void handle.close())
    const storage = sqliteStorage(handle)
    await storage.migrate()
    await add(storage, 'ann')
    renameSync(file, join(folder, 'old.db'))
    await expect(add(storage, 'ben')).rejects.toMatchObject({ code: 'storage-failed', reason: 'replaced' })
  })

  test('when the link that it was opened by leads elsewhere [B-144]', async () => {
    const link = join(folder, 'current')
    symlinkSync(folder, link)
    const storage = sqliteStorage(join(link, 'users.db'))
    await add(storage, 'ann')
    const other = mkdtempSync(join(tmpdir(), 'rollbook-other-'))
    onTestFinished(() => rmSync(other, { recursive: true }))
    writeFileSync(join(other, 'users.db'), '')
    rmSync(link)
    symlinkSync(other, link)
    await expect.poll(() => add(storage, 'ben').catch((error) => error.reason)).toBe('replaced')
    await storage.close()
  })
})

describe('a commit right after others, in a folder that nobody has changed for a while', () => {
  const longAgo = new Date(Date.now() - 60_000)
  // Refused before it is written when the machine was so slow that the files were looked at once more.
  const refused = { code: expect.stringMatching(/^(?:commit-outcome-unknown|storage-failed)$/) }

  test.each(ways.filter(([what]) => !what.includes('index')))(
    'is not acknowledged when %s [B-144]',
    async (_what, happen) => {
      await sqliteStorage(join(folder, 'other.db')).close()
      const storage = sqliteStorage(file)
      onTestFinished(() => storage.close())
      await add(storage, 'ann')
      utimesSync(folder, longAgo, longAgo)
      await pause(15)
      await add(storage, 'ben')
      await add(storage, 'cid')
      happen()
      await expect(add(storage, 'dan')).rejects.toMatchObject(refused)
    },
  )

  test('is not acknowledged when it was opened by a link to another folder, where the file is moved away [B-144]', async () => {
    const links = join(folder, 'links')
    mkdirSync(links)
    symlinkSync(file, join(links, 'users.db'))
    const storage = sqliteStorage(join(links, 'users.db'))
    onTestFinished(() => storage.close())
    await add(storage, 'ann')
    for (const each of [folder, links]) utimesSync(each, longAgo, longAgo)
    await pause(15)
    await add(storage, 'ben')
    renameSync(`${file}-wal`, join(folder, 'old-wal'))
    await expect(add(storage, 'cid')).rejects.toMatchObject(refused)
  })
})

describe('what is no replacement is none', () => {
  test('checkpoints, another process that comes and goes, and an emptied log [B-144]', async () => {
    const storage = sqliteStorage(file)
    await add(storage, 'ann')
    const handle = new Database(file)
    handle.pragma('wal_checkpoint(truncate)')
    expect(statSync(`${file}-wal`).size).toBe(0)
    handle.exec('vacuum')
    handle.close()
    await pause(15)
    await add(storage, 'ben')
    await storage.close()
    expect(await idsIn(file)).toEqual(['ann', 'ben'])
  })

  test('a host that changes the journal mode of its handle [B-144]', async () => {
    const handle = new Database(file)
    onTestFinished(() => void handle.close())
    const storage = sqliteStorage(handle)
    await storage.migrate()
    for (const mode of ['delete', 'wal', 'truncate', 'wal']) {
      handle.pragma(`journal_mode = ${mode}`)
      await pause(15)
      await add(storage, mode + (await userIds(storage)).length)
    }
    expect(await userIds(storage)).toEqual(['delete0', 'wal1', 'truncate2', 'wal3'])
  })
})

const rename = `
  const handle = require('better-sqlite3')(process.argv[1])
  handle.exec("update rollbook_users set name = '" + process.argv[2] + "'")
  handle.close()`

test('a commit beside whose end the log was deleted is not acknowledged, and its handle writes nothing over others [B-144]', async () => {
  const storage = sqliteStorage(file)
  await add(storage, 'ann')
  await storage.close()
  const handle: SqliteHandle & { readonly open: boolean } = new Database(file)
  const watch = watchFile(handle, file)
  handle.prepare('select * from rollbook_users').all()
  watch.before('read')
  closeAsTheLast()
  // What nobody else sees, and what another process writes meanwhile, which has a VFS of its own.
  handle.exec(`update rollbook_users set name = 'lost'`)
  execFileSync(process.execPath, ['-e', rename, file, 'kept'], { cwd: import.meta.dirname })
  expect(() => watch.committed()).toThrow(expect.objectContaining({ code: 'commit-outcome-unknown' }))
  expect(() => watch.before('read')).toThrow(expect.objectContaining(replaced))
  expect(handle.open).toBe(false)
  const next = new Database(file)
  expect(next.prepare('select name from rollbook_users').pluck().all()).toEqual(['kept'])
  expect(next.pragma('integrity_check', { simple: true })).toBe('ok')
  next.close()
})
