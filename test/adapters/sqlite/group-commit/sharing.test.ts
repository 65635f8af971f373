import { setImmediate as otherWork } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { sqliteStorage } from '../../../../adapters/sqlite/index.js'
import { anEntry, aQuery, aSession, aUserRecord, someUsers } from '../../../../src/testing/storage-contract/builders.js'
import {
  appendActivity,
  insertSession,
  insertUser,
  replaceUser,
} from '../../../../src/testing/storage-contract/changes.js'
import { userIds } from '../../../../src/testing/storage-contract/walks.js'
import { countOf, ids, nobodysEntry, opened, outcomes, watched } from './file.js'

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

  test('are told of a success only after the transaction is committed [B-97]', async () => {
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
    expect((await storage.walk('activity', { limit: 100 })).items.map(({ userId }) => userId)).toEqual(ids(7))
    expect((await storage.listUsers(aQuery({ match: 'half' }))).items).toEqual([])
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
