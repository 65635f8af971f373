import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { type SqliteStorage, sqliteStorage } from '../../../adapters/sqlite/index.js'
import type { UserRecord } from '../../../src/domain/user.js'
import { createUsersService, type UsersService } from '../../../src/index.js'
import { seededRandom } from '../../../src/testing/random.js'
import { aUserRecord, someUsers } from '../../../src/testing/storage-contract/builders.js'
import { deleteUser, given, insertUser, replaceUser } from '../../../src/testing/storage-contract/changes.js'
import { started } from '../../processes/started.js'
import { requireIndexed } from './index-law.js'
import { makeOldFile } from './old-file.js'

// Each letter is of a script of its own, so that its bytes are in no other text, nor two trigrams begin alike: what the
// index holds of a name is found by its letters.
const rareLetters = [...'ሀᎠᐁᚁᚠកᠠⴰꀀꓐꔀꠀ']
const rareName = rareLetters.join('')

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollbook-erasure-'))
  file = join(folder, 'users.db')
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

/** Which of the texts are in the bytes of the database file or of its log. */
function found(texts: readonly string[]): string[] {
  const bytes = ['', '-wal'].map((suffix) => `${file}${suffix}`).filter((name) => existsSync(name))
  const all = Buffer.concat(bytes.map((name) => readFileSync(name)))
  return texts.filter((text) => all.includes(text))
}

const places = {
  'a file': () => sqliteStorage(file),
  "a host's handle": async () => {
    const handle = new Database(file)
    onTestFinished(() => void handle.close())
    handle.pragma('journal_mode = wal')
    const storage = sqliteStorage(handle)
    await storage.migrate()
    return storage
  },
}

let hashes = 0
const passwords = {
  hash: async () => `hash-number-${hashes++}-of-a-password`,
  verify: async () => true,
  needsRehash: () => false,
}

describe.each(Object.entries(places))('in %s', (_, opened) => {
  let storage: SqliteStorage
  let users: UsersService
  let now: number
  const by = { actor: 'zealous-actor', ip: '203.0.113.77', userAgent: 'Quaint-Agent/7.7' }
  const details = { invoice: 'wonderful-detail' }

  beforeEach(async () => {
    hashes = 0
    now = Date.UTC(2026, 0, 1)
    storage = await opened()
    users = createUsersService({ storage, passwords, now: () => new Date(now) })
    for (let i = 0; i < 150; i++) await users.createUser({ email: `plain${i}@example.com`, name: `Plain ${i}` })
    onTestFinished(() => users.close())
  })

  async function someone(name = rareName, email = 'Vexing.Quokka@example.org') {
    const user = await users.createUser({ name, email, password: 'correct horse battery' }, { by })
    // Too large for a page: the rest is in pages of its own.
    const prefs = { motto: 'jumbled-zebras', essay: 'krypton-yodel '.repeat(2000) }
    await users.updateUserPrefs(user.id, { prefs })
    await users.createUserSession(user.id, { by })
    await users.recordUserActivity(user.id, { event: 'invoice.paid', details }, { by })
    return user
  }
  const ofUser = [...rareLetters, 'Vexing.Quokka', 'vexing.quokka', 'jumbled-zebras', 'krypton-yodel']
  const ofOthers = ['203.0.113.77', 'Quaint-Agent', 'wonderful-detail', 'hash-number-0', 'invoice.paid']

  test('nothing of a deleted user is in the file after the next sweep [B-140]', async () => {
    const { id } = await someone()
    await users.sweep()
    expect(found([...ofUser, ...ofOthers])).toEqual([...ofUser, ...ofOthers])
    await users.deleteUser(id)
    await users.sweep()
    expect(found([...ofUser, ...ofOthers])).toEqual([])
    expect((await users.listUsers({ total: true })).total).toBe(150)
  })

  test('rows, pages and the index are overwritten also where the file is not rewritten [B-140]', async () => {
    const host = new Database(file)
    onTestFinished(() => void host.close())
    // Its rows have no number of their own, and would get new ones.
    host.exec('create table notes (text)')
    const rewriting = vi.spyOn(Database.prototype, 'exec')
    const { id } = await someone()
    await users.sweep()
    await users.deleteUser(id)
    await users.sweep()
    expect(found([...ofUser, ...ofOthers])).toEqual([])
    expect(rewriting.mock.calls.flat()).not.toContain('vacuum')
  })

  test('nothing of an old name, address, password and of old preferences is there [B-140]', async () => {
    const { id } = await someone()
    await users.updateUserName(id, { name: 'Plain' })
    await users.updateUserEmail(id, { email: 'plain@example.com' })
    await users.updateUserPassword(id, { password: 'battery horse correct' })
    await users.updateUserPrefs(id, { prefs: { motto: 'plain', essay: 'plain' } })
    await users.sweep()
    expect(found([...ofUser, 'hash-number-0'])).toEqual([])
    expect(found(['hash-number-1'])).toEqual(['hash-number-1'])
  })

  test('nothing of ended and expired sessions and of old activity is there [B-140]', async () => {
    const { id } = await someone('Plain', 'plain@example.com')
    await users.createUserSession(id, { by: { ...by, userAgent: 'Olden-Agent/1' } })
    await users.deleteUserSessions(id)
    await users.createUserSession(id, { by: { ...by, userAgent: 'Former-Agent/1' } })
    now += 400 * 24 * 60 * 60 * 1000
    await users.sweep({ activityBefore: new Date(now) })
    expect(found(['203.0.113.77', 'Quaint-Agent', 'Olden-Agent', 'Former-Agent', 'wonderful-detail'])).toEqual([])
  })
})

test('nothing is left in pages that many users have come to and gone from [B-140]', async () => {
  const storage = sqliteStorage(file, { synchronous: 'normal' })
  onTestFinished(() => storage.close())
  const random = seededRandom(7)
  const users: UserRecord[] = []
  const gone: string[] = []
  let words = 0
  const word = () => `word${words++}${Math.floor(random() * 1e9)}#`
  for (let i = 0; i < 4000; i++) {
    const at = Math.floor(random() * users.length)
    const before = users[at]
    const name = word()
    const change = { name, email: `${name}@example.com`, emailKey: `${name}@example.com`, searchText: 'x' }
    const prefs = { motto: name.repeat(random() < 0.2 ? 1 + Math.floor(random() * 20) : 1) }
    if (!before || random() < 0.4) {
      users.push(aUserRecord({ id: `u${i}`, ...change, prefs }))
      await storage.commit([insertUser(users.at(-1) as UserRecord)])
    } else if (random() < 0.6) {
      gone.push(before.name)
      await storage.commit([replaceUser(before, { ...change, prefs })])
      users[at] = { ...before, ...change, prefs, version: before.version + 1 }
    } else {
      gone.push(before.name)
      await storage.commit([deleteUser(before)])
      users.splice(at, 1)
    }
  }
  while (!(await storage.sweep({ expiredAt: new Date(0), limit: 20 })).done);
  expect(found(gone)).toEqual([])
  expect(found(users.map(({ name }) => name))).toHaveLength(users.length)
})

test('threads rewrite the file and cut the log, while the file is in use [B-140]', async () => {
  const child = await started('erase-beside.mjs', [file, rareName])
  expect(found(rareLetters)).toEqual(rareLetters)
  await child.ask('go on')
  expect(found(rareLetters)).toEqual([])
  child.send('close')
  expect(await child.ended).toEqual([0, null])
})

test('a reader does not fail a sweep, which the next one makes good [B-140]', async () => {
  const storage = sqliteStorage(file)
  onTestFinished(() => storage.close())
  const ann = aUserRecord({ id: 'ann', name: rareName })
  await given(storage, { users: [ann, ...someUsers(5)] })
  const reader = new Database(file)
  onTestFinished(() => void reader.close())
  const reading = reader.prepare('select * from rollbook_users').iterate()
  reading.next()
  await storage.commit([deleteUser(ann)])
  const request = { expiredAt: new Date(0), limit: 20 }
  expect(await storage.sweep(request)).toEqual({ deleted: { sessions: 0, tokens: 0, activity: 0 }, done: true })
  expect(found(rareLetters)).toEqual(rareLetters)
  reading.return?.()
  await storage.sweep(request)
  expect(found(rareLetters)).toEqual([])
})

describe('a file of a version before', () => {
  /** Writes it as connections did that overwrite nothing. */
  function makeUsedFile(users = 200): void {
    makeOldFile(file, users, 3)
    const handle = new Database(file)
    const add = handle.prepare(`insert into rollbook_users select 9999, 'old', 'o@example.com', 'o@example.com', 0, ?,
      'active', ?, null, null, 0, 0, ? || char(10) || 'o@example.com' || char(10) || 'old', 1, 1`)
    add.run(rareName, `{"essay":"${'krypton-yodel '.repeat(2000)}"}`, rareName)
    handle.exec(`update rollbook_users set name = 'x', search_text = 'x' where seq = 9999`)
    handle.exec(`update rollbook_users set name = 'y', search_text = 'y' where seq < 100`)
    handle.exec('delete from rollbook_users where seq between 150 and 200 or seq = 9999')
    handle.close()
  }
  const remains = [...rareLetters, 'krypton-yodel']

  test.each(Object.entries(places))('is cleaned by the first sweep, once, in %s [B-140]', async (_, opened) => {
    makeUsedFile()
    expect(found(remains)).toEqual(remains)
    const storage = await opened()
    const rewriting = vi.spyOn(Database.prototype, 'exec')
    onTestFinished(() => storage.close())
    const sweep = async () => {
      while (!(await storage.sweep({ expiredAt: new Date(0), limit: 20 })).done);
    }
    await sweep()
    expect(found(remains)).toEqual([])
    await sweep()
    expect(rewriting.mock.calls.filter(([sql]) => sql === 'vacuum')).toHaveLength(1)
    const handle = new Database(file)
    onTestFinished(() => void handle.close())
    requireIndexed(handle)
    expect(handle.prepare('select count(*) from rollbook_users').pluck().get()).toBe(149)
  })

  test('whose cleaning was cut short is cleaned by the next sweep [B-140]', async () => {
    makeUsedFile(6000)
    const sweep = { expiredAt: new Date(0), limit: 20 }
    const first = sqliteStorage(file)
    expect((await first.sweep(sweep)).done).toBe(false)
    // Whatever others do meanwhile.
    await first.commit([insertUser(aUserRecord({ id: 'new', name: 'of today' }))])
    await first.close()
    expect(found(rareLetters)).not.toEqual([])
    const second = sqliteStorage(file)
    onTestFinished(() => second.close())
    while (!(await second.sweep(sweep)).done);
    expect(found(remains)).toEqual([])
    const handle = new Database(file)
    onTestFinished(() => void handle.close())
    requireIndexed(handle)
  })

  test('is rewritten by vacuum() alone where the host has rows that have no number of their own [B-140]', async () => {
    makeUsedFile()
    const host = new Database(file)
    onTestFinished(() => void host.close())
    host.exec('create table notes (text); insert into notes (rowid, text) values (7, 1)')
    const storage = sqliteStorage(host)
    await storage.migrate()
    const warned = vi.spyOn(process, 'emitWarning').mockReturnValue()
    for (let i = 0; i < 2; i++) while (!(await storage.sweep({ expiredAt: new Date(0), limit: 20 })).done);
    expect(warned.mock.calls).toEqual([
      [expect.stringContaining('call vacuum() of the storage once'), 'RollbookWarning'],
    ])
    expect(host.prepare('select rowid from notes').pluck().get()).toBe(7)
    await storage.vacuum()
    expect(found(remains)).toEqual([])
    requireIndexed(host)
  })
})

test('an index that was changed before it erased is right after any change [B-140]', async () => {
  makeOldFile(file, 300, 3)
  const before = new Database(file)
  before.exec(`update rollbook_users set search_text = 'someone else ' || seq where seq < 100`)
  before.close()
  const storage = sqliteStorage(file, { synchronous: 'normal' })
  onTestFinished(() => storage.close())
  const handle = new Database(file)
  onTestFinished(() => void handle.close())
  for (let i = 1; i < 120; i++) {
    const user = await storage.findUser({ id: `u${i}` })
    if (!user) throw new Error(`u${i} is gone`)
    await storage.commit([i % 2 === 0 ? deleteUser(user) : replaceUser(user, { searchText: `some other one ${i}` })])
  }
  requireIndexed(handle)
  while (!(await storage.sweep({ expiredAt: new Date(0), limit: 20 })).done);
  requireIndexed(handle)
})
