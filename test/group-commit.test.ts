import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as otherWork } from 'node:timers/promises'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { memoryStorage } from '../adapters/memory/index.js'
import { type SqliteStorage, type SqliteStorageOptions, sqliteStorage } from '../adapters/sqlite/index.js'
import { ClosedError, InsideTransactionError, UsersError } from '../src/errors.js'
import type { Change, UsersStorage } from '../src/ports/storage.js'
import { anEntry, aQuery, aSession, at, aUserRecord, someUsers } from '../src/testing/storage-contract/builders.js'
import {
  appendActivity,
  deleteUser,
  insertSession,
  insertTombstone,
  insertUser,
  replaceUser,
} from '../src/testing/storage-contract/changes.js'
import { userIds } from '../src/testing/storage-contract/walks.js'

let folder: string
let file: string
const closing: { close(): unknown }[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollbook-'))
  file = join(folder, 'users.db')
})

afterEach(async () => {
  vi.restoreAllMocks()
  for (const one of closing.splice(0).reverse()) await one.close()
  rmSync(folder, { recursive: true })
})

/** A storage on a handle that tells which statements it was given, once the tables are there. */
async function watched(): Promise<{ storage: SqliteStorage; handle: Database.Database; statements: string[] }> {
  const statements: string[] = []
  const handle = new Database(file, { verbose: (sql) => statements.push(String(sql)) })
  handle.pragma('journal_mode = wal')
  handle.pragma('synchronous = full')
  handle.pragma('busy_timeout = 0')
  closing.push(handle)
  const storage = sqliteStorage(handle)
  await storage.migrate()
  await storage.commit([])
  statements.length = 0
  return { storage, handle, statements }
}

function opened(options: SqliteStorageOptions = {}): SqliteStorage {
  const storage = sqliteStorage(file, options)
  closing.push(storage)
  return storage
}

/** Commits all at once and answers how each ended: `done`, the reason of a conflict, or the code of another error. */
function outcomes(storage: UsersStorage, commits: readonly (readonly Change[])[]): Promise<string[]> {
  return Promise.all(commits.map((changes) => storage.commit(changes).then(() => 'done', reasonOf)))
}

function reasonOf(error: unknown): string {
  if (!UsersError.is(error)) throw error
  return 'reason' in error ? String(error.reason) : error.code
}

const countOf = (statements: readonly string[], what: string) => statements.filter((sql) => sql === what).length
const ids = (count: number) => Array.from({ length: count }, (_, index) => `u${String(index).padStart(4, '0')}`)
const nobodysEntry = appendActivity(anEntry({ userId: 'nobody' }))

describe('commits that wait at the same time', () => {
  test('share one transaction, up to 64 of them, and other work comes between two groups', async () => {
    // Otherwise a slow machine might make more groups.
    vi.spyOn(performance, 'now').mockReturnValue(0)
    const { storage, statements } = await watched()
    let isOver = false
    async function workOnOther(): Promise<void> {
      while (!isOver) statements.push(await otherWork('other work'))
    }
    const working = workOnOther()
    await outcomes(
      storage,
      someUsers(150).map((user) => [insertUser(user)]),
    )
    isOver = true
    await working
    expect([countOf(statements, 'BEGIN IMMEDIATE'), countOf(statements, 'COMMIT')]).toEqual([3, 3])
    const order = statements.filter((sql) => sql === 'COMMIT' || sql === 'other work').join()
    expect(order).toContain('COMMIT,other work,COMMIT,other work,COMMIT')
    expect(await userIds(storage)).toEqual(ids(150))
  })

  test('share it with fewer when they take long', async () => {
    let now = 0
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 4))
    const { storage, statements } = await watched()
    await outcomes(
      storage,
      someUsers(12).map((user) => [insertUser(user)]),
    )
    expect(countOf(statements, 'COMMIT')).toBeGreaterThan(3)
    expect(countOf(statements, 'COMMIT')).toBeLessThan(12)
    expect(await userIds(storage)).toEqual(ids(12))
  })

  test('are told of a success only after the transaction is committed', async () => {
    const { storage, statements } = await watched()
    const commits = someUsers(3).map((user) =>
      storage.commit([insertUser(user)]).then(() => void statements.push(`told ${user.id}`)),
    )
    await Promise.all(commits)
    expect(statements.slice(statements.indexOf('COMMIT'))).toEqual(['COMMIT', 'told u0000', 'told u0001', 'told u0002'])
  })

  test('see each other in the order in which they came', async () => {
    const { storage, statements } = await watched()
    const ann = aUserRecord()
    const ended = await outcomes(storage, [
      [insertSession(aSession({ id: 'early' }))],
      [insertUser(ann)],
      [insertSession(aSession({ id: 's1' }))],
      [replaceUser(ann, { name: 'Ann' })],
      [replaceUser(ann, { name: 'too late' })],
      [appendActivity(anEntry({ userId: 'ann' }))],
    ])
    expect(ended).toEqual(['missing-user', 'done', 'done', 'done', 'stale-user', 'done'])
    expect(countOf(statements, 'COMMIT')).toBe(1)
    expect((await storage.findSession('hash of s1'))?.user.name).toBe('Ann')
  })

  test('have each its own conflict, and one that had written something takes back no more than that', async () => {
    const { storage, handle } = await watched()
    const users = someUsers(7)
    const half = [insertUser(aUserRecord({ id: 'half' })), nobodysEntry]
    const commits = users.map((user) => [insertUser(user), appendActivity(anEntry({ userId: user.id }))])
    const ended = await outcomes(storage, [...commits.slice(0, 3), half, ...commits.slice(3), half])
    expect(ended).toEqual(['done', 'done', 'done', 'missing-user', 'done', 'done', 'done', 'done', 'missing-user'])
    expect(handle.inTransaction).toBe(false)
    expect(await userIds(storage)).toEqual(ids(7))
    expect((await storage.listAllActivity({ limit: 100 })).items.map(({ userId }) => userId)).toEqual(ids(7))
    expect((await storage.listUsers(aQuery({ match: 'half' }))).items).toEqual([])
  })

  test('end each as they would have alone, whatever is among them', async () => {
    const property = fc.asyncProperty(fc.array(someCommits, { minLength: 1, maxLength: 6 }), async (batches) => {
      const grouped = sqliteStorage(file)
      const plain = memoryStorage()
      try {
        for (const commits of batches) {
          const ended = outcomes(grouped, commits)
          const expected: string[] = []
          for (const changes of commits) expected.push(...(await outcomes(plain, [changes])))
          expect(await ended).toEqual(expected)
        }
        expect(await contentOf(grouped)).toEqual(await contentOf(plain))
      } finally {
        await grouped.close()
        for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true })
      }
    })
    await fc.assert(property, { numRuns: 30 })
  })
})

// Few ids, so that commits meet.
const someId = fc.constantFrom('ann', 'ben', 'zoe')
const someEntryOf = (userId: string) => appendActivity(anEntry({ userId }))
const someChange: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(someId, someId).map(([id, email]) => insertUser(aUserRecord({ id, emailKey: email }))),
  fc.tuple(someId, fc.integer({ min: 1, max: 3 })).map(([id, version]) => replaceUser(aUserRecord({ id, version }))),
  someId.map((id) => deleteUser(aUserRecord({ id }))),
  someId.map((id) => insertTombstone({ id, deletedAt: at(0), actor: undefined })),
  fc
    .tuple(someId, fc.integer({ min: 0, max: 5 }))
    .map(([userId, n]) => insertSession(aSession({ id: `s${n}`, userId }))),
  someId.map((userId): Change => ({ op: 'deleteSessions', userId })),
  fc.integer({ min: 0, max: 5 }).map((n): Change => ({ op: 'deleteSession', userId: 'ann', sessionId: `s${n}` })),
  someId.map(someEntryOf),
)
const someCommits = fc.array(fc.array(someChange, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 12 })

/** Everything in a storage, without the row numbers, of which a refused commit may use one up. */
async function contentOf(storage: UsersStorage) {
  const walk = { limit: 100 }
  return {
    users: (await storage.listUsers(aQuery())).items,
    sessions: (await storage.listAllSessions(walk)).items,
    activity: (await storage.listAllActivity(walk)).items,
    tombstones: (await storage.listTombstones(walk)).items,
  }
}

describe('a group in which something fails', () => {
  test('for want of room loses only the commits that find none', async () => {
    const { storage, handle } = await watched()
    await storage.commit([insertUser(aUserRecord())])
    handle.pragma(`max_page_count = ${handle.pragma('page_count', { simple: true })}`)
    const large = someUsers(500).map(insertUser)
    const rename = [replaceUser(aUserRecord(), { name: 'Ann' })]
    expect(await outcomes(storage, [large, rename, large])).toEqual(['full', 'done', 'full'])
    expect(handle.inTransaction).toBe(false)
    expect(await userIds(storage)).toEqual(['ann'])
    expect((await storage.findUser({ id: 'ann' }))?.name).toBe('Ann')
  })

  test('when it is committed loses only the commit for which it does', async () => {
    const { storage, handle } = await watched()
    // What is checked when a transaction ends, and not before.
    handle.exec(`
      create table deferred (id text references rollbook_tombstones (id) deferrable initially deferred);
      create trigger poison after insert on rollbook_users when new.id = 'u0001'
        begin insert into deferred values ('not there'); end`)
    handle.pragma('foreign_keys = on')
    const commits = someUsers(4).map((user) => [insertUser(user)])
    expect(await outcomes(storage, commits)).toEqual(['done', 'unknown', 'done', 'done'])
    expect(handle.inTransaction).toBe(false)
    expect(await userIds(storage)).toEqual(['u0000', 'u0002', 'u0003'])
  })

  test('and whose transaction SQLite itself takes back loses only the commit that is to blame', async () => {
    const { storage, handle } = await watched()
    handle.exec(`create trigger poison after insert on rollbook_users when new.id = 'u0001'
      begin select raise(rollback, 'poisoned'); end`)
    const commits = someUsers(4).map((user) => [insertUser(user)])
    expect(await outcomes(storage, commits)).toEqual(['done', 'unknown', 'done', 'done'])
    expect(handle.inTransaction).toBe(false)
    expect(await userIds(storage)).toEqual(['u0000', 'u0002', 'u0003'])
  })

  test('goes on alone and in order, and those who come later are a group again', async () => {
    const { storage, statements } = await watched()
    const failing = outcomes(storage, [
      [insertUser(aUserRecord()), nobodysEntry],
      ...someUsers(2).map((user) => [insertUser(user)]),
    ])
    expect(await failing).toEqual(['missing-user', 'done', 'done'])
    statements.length = 0
    await outcomes(
      storage,
      someUsers(8, 2).map((user) => [insertUser(user)]),
    )
    expect(countOf(statements, 'COMMIT')).toBe(1)
    expect(await userIds(storage)).toEqual(ids(10))
  })

  test('because another connection is writing waits for it as a group', async () => {
    const { storage, statements } = await watched()
    const other = new Database(file)
    closing.push(other)
    other.exec('begin immediate')
    const ended = outcomes(
      storage,
      someUsers(60).map((user) => [insertUser(user)]),
    )
    while (countOf(statements, 'BEGIN IMMEDIATE') < 3) await otherWork()
    other.exec('rollback')
    expect(new Set(await ended)).toEqual(new Set(['done']))
    expect(countOf(statements, 'COMMIT')).toBe(1)
    expect(await userIds(storage)).toEqual(ids(60))
  })

  test('because another connection does not stop writing is busy as a whole, after a moment', async () => {
    const { storage } = await watched()
    const other = new Database(file)
    closing.push(other)
    other.exec('begin immediate')
    const commits = someUsers(100).map((user) => [insertUser(user)])
    const start = performance.now()
    expect(new Set(await outcomes(storage, commits))).toEqual(new Set(['busy']))
    expect(performance.now() - start).toBeLessThan(2000)
    other.exec('rollback')
    expect(new Set(await outcomes(storage, commits))).toEqual(new Set(['done']))
    expect(await userIds(storage)).toEqual(ids(100))
  })
})

describe('what happens before a group is committed', () => {
  test('a transaction that the host begins refuses all of it, and stays the host’s', async () => {
    const { storage, handle } = await watched()
    const waiting = Promise.allSettled(someUsers(3).map((user) => storage.commit([insertUser(user)])))
    handle.exec('begin')
    const ended = await waiting
    expect(ended.map((one) => one.status === 'rejected' && one.reason)).toEqual(
      Array.from({ length: 3 }, () => expect.any(InsideTransactionError)),
    )
    expect(handle.inTransaction).toBe(true)
    handle.exec('commit')
    expect(await userIds(storage)).toEqual([])
  })

  test('close commits all of it first', async () => {
    const storage = opened()
    const waiting = outcomes(storage, [...someUsers(99).map((user) => [insertUser(user)]), [nobodysEntry]])
    await storage.close()
    expect((await waiting).filter((ended) => ended === 'done')).toHaveLength(99)
    expect(await userIds(opened())).toEqual(ids(99))
  })

  test('close of a storage on the host’s handle commits all of it, so that the host can close the handle', async () => {
    const { storage, handle } = await watched()
    const waiting = outcomes(storage, [[insertUser(aUserRecord())], [nobodysEntry]])
    await storage.close()
    handle.close()
    expect(await waiting).toEqual(['done', 'missing-user'])
    expect(await userIds(opened())).toEqual(['ann'])
  })

  test('close does not wait for another connection that is writing', async () => {
    const storage = opened()
    const other = new Database(file)
    closing.push(other)
    other.exec('begin immediate')
    const waiting = outcomes(
      storage,
      someUsers(3).map((user) => [insertUser(user)]),
    )
    await storage.close()
    expect(await waiting).toEqual(['busy', 'busy', 'busy'])
  })

  test('a handle that the host closes refuses all of it', async () => {
    const { storage, handle } = await watched()
    const waiting = Promise.allSettled(someUsers(3).map((user) => storage.commit([insertUser(user)])))
    handle.close()
    for (const ended of await waiting) expect(ended).toMatchObject({ reason: expect.any(ClosedError) })
    expect(await userIds(opened())).toEqual([])
  })
})

test.each([
  { where: 'in a file with synchronous = normal', make: () => opened({ synchronous: 'normal' }) },
  { where: 'in memory', make: () => sqliteStorage(':memory:') },
])('$where no commit waits for another, since none waits for the disk', async ({ make }) => {
  const storage = make()
  const committing = storage.commit([insertUser(aUserRecord())])
  // What an await would let happen has not happened yet.
  const finding = storage.findUser({ id: 'ann' })
  expect((await finding)?.id).toBe('ann')
  await committing
  await storage.close()
})
