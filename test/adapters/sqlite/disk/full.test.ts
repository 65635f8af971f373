import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, describe, expect, test } from 'vitest'
import { type SqliteStorageOptions, sqliteStorage } from '../../../../adapters/sqlite/index.js'
import { StorageOpenError, UsersError, type UsersService } from '../../../../src/index.js'
import { createTestUsers } from '../../../../src/testing/index.js'
import { type SmallDisk, smallDisk } from './tmpfs.js'

const trial = smallDisk(64)
trial?.remove()

const disks: SmallDisk[] = []
afterEach(() => {
  for (const disk of disks.splice(0)) disk.remove()
})

function diskOf(kibibytes: number): SmallDisk {
  const disk = smallDisk(kibibytes)
  if (!disk) throw new Error('no file system can be made here')
  disks.push(disk)
  return disk
}

const details = { text: 'x'.repeat(3000) }

/** Records activity until nothing more can be, and some times more, and answers how the calls ended. */
async function fill(users: UsersService): Promise<Record<string, number>> {
  const ends: Record<string, number> = { done: 0 }
  for (let failures = 0; failures < 20; ) {
    const end = await users.recordUserActivity('ada', { event: 'tea.made', details }).then(
      () => 'done',
      (error: unknown) => {
        if (!UsersError.is(error)) return String(error)
        return error.code === 'storage-failed' ? error.reason : error.code
      },
    )
    if (end !== 'done') failures++
    ends[end] = (ends[end] ?? 0) + 1
  }
  return ends
}

// An ordinary user may not make a disk to fill; what a full one does is tried there by the limit of SQLite's own, in
// `sqlite-handle.test.ts`, which fails at the same place with the same code.
describe.runIf(trial)('a disk that is really full', () => {
  // On the last one the log outgrows the first part of its index, of 32 KiB, before it is copied. The index is written
  // after the log: the change is in the file then, and only the next writer takes it back. A table more or less in the file
  // moves that size by some pages.
  test.each<readonly [string, number, SqliteStorageOptions, boolean, end: string]>([
    ['before the first checkpoint', 1000, {}, false, 'full'],
    ['after some checkpoints', 9000, { synchronous: 'normal' }, false, 'full'],
    [
      'while a reader keeps the log from being copied',
      33_008,
      { synchronous: 'normal' },
      true,
      'commit-outcome-unknown',
    ],
  ])(
    '%s: writes are told so, reads go on, and both work again once there is room [B-102, B-94]',
    async (_when, kibibytes, options, isRead, end) => {
      const disk = diskOf(kibibytes)
      const file = join(disk.folder, 'users.db')
      const { users } = createTestUsers({ storage: sqliteStorage(file, options) })
      await users.createUser({ id: 'ada', email: 'ada@example.com' })
      const reader = new Database(file)
      if (isRead) reader.exec('begin; select count(*) from rollbook_users')
      const ends = await fill(users)
      expect(ends).toEqual({ done: expect.any(Number), [end]: 20 })
      expect((await users.getUserLogs('ada', { limit: 0, total: true })).total).toBe(1 + (ends['done'] ?? 0))
      expect((await users.listUsers({ search: 'ada@' })).items).toHaveLength(1)
      reader.close()

      disk.resize(10 * kibibytes)
      await users.updateUserName('ada', { name: 'Ada' })
      await users.createUser({ email: 'ben@example.com' })
      await users.close()
      const handle = new Database(file)
      expect(handle.pragma('integrity_check', { simple: true })).toBe('ok')
      expect(handle.prepare('select count(*) from rollbook_activity').pluck().get()).toBe(3 + (ends['done'] ?? 0))
      handle.close()
    },
  )

  test.each([8, 60])(
    'on which no file can be made is told when it is opened, with the cure (%i KiB) [B-102]',
    (kibibytes) => {
      const { folder } = diskOf(kibibytes)
      const opening = () => sqliteStorage(join(folder, 'users.db'))
      expect(opening).toThrow(StorageOpenError)
      expect(opening).toThrow('the disk is full')
    },
  )

  test('gives room back when another file is deleted, and nothing has to be opened anew [B-102]', async () => {
    const { folder } = diskOf(2000)
    const { users } = createTestUsers({ storage: sqliteStorage(join(folder, 'users.db')) })
    await users.createUser({ id: 'ada', email: 'ada@example.com' })
    writeFileSync(join(folder, 'ballast'), new Uint8Array(1000 * 1024))
    await fill(users)
    rmSync(join(folder, 'ballast'))
    await users.updateUserName('ada', { name: 'Ada' })
    expect(await users.getUser('ada')).toMatchObject({ name: 'Ada' })
    await users.close()
  })
})
