import { rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { memoryStorage } from '../../../../adapters/memory/index.js'
import { sqliteStorage } from '../../../../adapters/sqlite/index.js'
import type { Change, UsersStorage } from '../../../../src/ports/storage.js'
import { anEntry, aQuery, aSession, at, aUserRecord } from '../../../../src/testing/storage-contract/builders.js'
import {
  appendActivity,
  deleteUser,
  insertSession,
  insertTombstone,
  insertUser,
  replaceUser,
} from '../../../../src/testing/storage-contract/changes.js'
import { requireIndexed } from '../index-law.js'
import { file, outcomes } from './file.js'

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
    sessions: (await storage.walk('sessions', walk)).items,
    activity: (await storage.walk('activity', walk)).items,
    tombstones: (await storage.walk('tombstones', walk)).items,
  }
}

test('commits that wait at the same time end each as they would have alone, whatever is among them', async () => {
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
      const handle = new Database(file)
      requireIndexed(handle)
      handle.close()
    } finally {
      await grouped.close()
      for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true })
    }
  })
  await fc.assert(property, { numRuns: 30 })
})
