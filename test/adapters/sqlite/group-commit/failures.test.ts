import { setImmediate as otherWork } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { describe, expect, test, vi } from 'vitest'
import { ClosedError, InsideTransactionError } from '../../../../src/errors/index.js'
import { aUserRecord, someUsers } from '../../../../src/testing/storage-contract/builders.js'
import { insertUser, replaceUser } from '../../../../src/testing/storage-contract/changes.js'
import { userIds } from '../../../../src/testing/storage-contract/walks.js'
import { closing, countOf, file, ids, nobodysEntry, opened, outcomes, watched } from './file.js'

describe('a group in which something fails', () => {
  test('for want of room loses only the commits that find none [B-102]', async () => {
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
    expect(await outcomes(storage, commits)).toEqual(['done', 'referenced', 'done', 'done'])
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
    // Otherwise a slow machine might make more groups.
    vi.spyOn(performance, 'now').mockReturnValue(0)
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

  test.each(['full', 'normal'])(
    'of one commit alone waits for another connection too (synchronous = %s) [B-99]',
    async (mode) => {
      vi.spyOn(performance, 'now').mockReturnValue(0)
      const { storage, handle, statements } = await watched(mode)
      const other = new Database(file)
      closing.push(other)
      other.exec('begin immediate')
      const ended = storage.commit([insertUser(aUserRecord())]).then(() => 'done', String)
      for (let turns = 0; countOf(statements, 'BEGIN IMMEDIATE') < 3 && turns < 100_000; turns++) await otherWork()
      other.exec('rollback')
      expect(await ended).toBe('done')
      expect(handle.inTransaction).toBe(false)
      expect(await userIds(storage)).toEqual(['ann'])
    },
  )

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
  test("a transaction that the host begins refuses all of it, and stays the host's", async () => {
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

  test("close of a storage on the host's handle commits all of it, so that the host can close the handle [B-109]", async () => {
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
