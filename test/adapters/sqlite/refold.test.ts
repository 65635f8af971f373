import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type SqliteStorage, sqliteStorage } from '../../../adapters/sqlite/index.js'
import { createTestUsers } from '../../../src/testing/index.js'
import { requireIndexed } from './index-law.js'
import { makeOldFile } from './old-file.js'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollbook-refold-'))
  file = join(folder, 'users.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Looks into the file, as another program does. */
function looking<T>(look: (handle: Database.Database) => T): T {
  const handle = new Database(file, { timeout: 5000 })
  try {
    return look(handle)
  } finally {
    handle.close()
  }
}

/** Gives every so manyeth user a name whose vowel signs the previous release dropped, as that release wrote it. */
function nameAsBefore(every: number, where = 'true'): void {
  looking((handle) =>
    handle.exec(`update rollbook_users set name = 'कोमल',
      search_text = 'कमल' || char(10) || email || char(10) || id where seq % ${every} = 0 and ${where}`),
  )
}

const textsOf = (start: string): number =>
  looking((handle) =>
    Number(
      handle
        .prepare('select count(*) from rollbook_users where substr(search_text, 1, length(?)) = ?')
        .pluck()
        .get(start, start),
    ),
  )
const progress = () =>
  looking((handle) => handle.prepare('select through, pass, due_at from rollbook_fold_progress').get())
const foldVersions = () =>
  looking((handle) => handle.prepare('select distinct fold_version from rollbook_migrations').pluck().all())

/** As if a day had passed. */
const letPassDay = () => looking((handle) => handle.exec('update rollbook_fold_progress set due_at = 0'))

async function untilPassed(pass: number): Promise<void> {
  await vi.waitFor(() => expect(progress()).toMatchObject({ pass, through: 0 }), { timeout: 20_000, interval: 50 })
}

test('a file of before is folded anew beside other work, and its search index follows [B-163]', async () => {
  makeOldFile(file, 3000, 3)
  nameAsBefore(7)
  const { users } = createTestUsers({ storage: sqliteStorage(file) })
  const totalOf = async (search: string) => (await users.listUsers({ search, limit: 0, total: true })).total
  // Until its turn comes, a user is found as before by what has no such marks.
  expect(await totalOf('someone')).toBe(3000 - 428)
  await untilPassed(2)
  expect([await totalOf('कोमल'), await totalOf('कमल'), await totalOf('someone')]).toEqual([428, 0, 3000 - 428])
  expect(await users.getUser('u7')).toMatchObject({ name: 'कोमल', updatedAt: new Date(0) })
  await users.close()
  looking(requireIndexed)
})

test('a process that ends in the middle leaves off where the next one goes on [B-163]', async () => {
  makeOldFile(file, 2000, 3)
  nameAsBefore(2)
  const left: number[] = []
  for (let opened = 0; opened < 3; opened++) {
    const storage = sqliteStorage(file)
    const before = left.at(-1) ?? 1000
    await vi.waitFor(() => expect(textsOf('कमल')).toBeLessThan(before), { timeout: 20_000, interval: 1 })
    await storage.close()
    left.push(textsOf('कमल'))
    looking(requireIndexed)
  }
  expect(left.at(-1)).toBeGreaterThan(0)
  const storage = sqliteStorage(file)
  await untilPassed(2)
  await storage.close()
  expect([textsOf('कमल'), textsOf('कोमल')]).toEqual([0, 1000])
  looking(requireIndexed)
})

test('what a process of the previous release writes meanwhile is folded a day later, and then no more [B-163]', async () => {
  makeOldFile(file, 40, 3)
  const first = sqliteStorage(file)
  await untilPassed(2)
  nameAsBefore(4)
  expect((await sweepAll(first)).done).toBe(true)
  expect(textsOf('कमल')).toBe(10)
  letPassDay()
  await sweepAll(first)
  expect([textsOf('कमल'), textsOf('कोमल')]).toEqual([0, 10])
  expect(foldVersions()).toEqual([2])
  await first.close()
  nameAsBefore(4)
  const second = sqliteStorage(file)
  await sweepAll(second)
  expect(textsOf('कमल')).toBe(10)
  await second.close()
})

async function sweepAll(storage: SqliteStorage) {
  for (let steps = 0; ; steps++) {
    const swept = await storage.sweep({ expiredAt: new Date(0), limit: 100 })
    if (swept.done || steps === 100) return swept
  }
}

test("on a host's handle it begins with migrate, and never inside a transaction of the host [B-163]", async () => {
  makeOldFile(file, 500, 3)
  nameAsBefore(5)
  const handle = new Database(file)
  const storage = sqliteStorage(handle)
  await storage.migrate()
  handle.exec('begin')
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(handle.inTransaction).toBe(true)
  handle.exec('commit')
  await untilPassed(2)
  expect([textsOf('कमल'), textsOf('कोमल')]).toEqual([0, 100])
  await storage.close()
  handle.close()
})

test('two processes at once do it together, beside commits [B-163]', async () => {
  makeOldFile(file, 2000, 3)
  nameAsBefore(3)
  const one = createTestUsers({ storage: sqliteStorage(file) })
  const other = createTestUsers({ storage: sqliteStorage(file) })
  for (let n = 3; n < 60; n += 3) {
    await (n % 2 === 0 ? one : other).users.updateUserPrefs(`u${n}`, { prefs: { n } })
  }
  await untilPassed(2)
  expect([textsOf('कमल'), textsOf('कोमल')]).toEqual([0, 666])
  expect((await one.users.getUser('u57')).prefs).toEqual({ n: 57 })
  await one.users.close()
  await other.users.close()
  looking(requireIndexed)
})

test('a change of a user folds anew what was read before [B-163]', async () => {
  makeOldFile(file, 10, 3)
  nameAsBefore(5)
  const { users } = createTestUsers({ storage: sqliteStorage(file) })
  await untilPassed(2)
  nameAsBefore(5)
  await users.updateUserPrefs('u5', { prefs: { theme: 'dark' } })
  expect((await users.listUsers({ search: 'कोमल' })).items.map(({ id }) => id)).toEqual(['u5'])
  await users.close()
})

test('a new file has nothing to be folded anew [B-163]', async () => {
  await sqliteStorage(file).close()
  expect(foldVersions()).toEqual([2])
  expect(progress()).toEqual({ through: 0, pass: 1, due_at: 0 })
})

test('a damaged row keeps back neither the users behind it nor a sweep [B-163]', async () => {
  makeOldFile(file, 300, 3)
  nameAsBefore(7)
  looking((handle) => handle.exec(`update rollbook_users set name = x'00ff' where seq = 2`))
  const storage = sqliteStorage(file)
  await sweepAll(storage)
  expect([textsOf('कोमल'), textsOf('कमल')]).toEqual([42, 0])
  await storage.close()
})
