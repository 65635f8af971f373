import assert from 'node:assert/strict'
import { anEntry, aRange, at, aUserRecord } from './builders.js'
import { appendActivity, given, insertUser } from './changes.js'
import { assertConflict } from './conflicts.js'
import type { ContractCase } from './contract-case.js'
import { idsOf, stepped, walked } from './walks.js'

const users = [aUserRecord({ id: 'ann' }), aUserRecord({ id: 'ben' })]

/** What users did. */
export const activityCases: readonly ContractCase[] = [
  {
    name: 'listActivity has the whole entries of this user alone, newest first [B-63]',
    async run(storage) {
      const activity = ['ann', 'ben', 'ann'].map((userId, index) => anEntry({ id: `e${index}`, userId, at: at(index) }))
      await given(storage, { users, activity })
      assert.deepEqual(await storage.listActivity('ann', aRange()), { items: [activity[2], activity[0]] })
    },
  },
  {
    name: 'listActivity of a user without entries, or of nobody, is an empty page',
    async run(storage) {
      await given(storage, { users, activity: [anEntry({ userId: 'ann' })] })
      assert.deepEqual(await storage.listActivity('ben', aRange()), { items: [] })
      assert.deepEqual(await storage.listActivity('nobody', aRange()), { items: [] })
    },
  },
  {
    name: 'listActivity goes by when an entry was stored, whatever the clock said',
    async run(storage) {
      const activity = [5, 9, 1, 7].map((milliseconds) =>
        anEntry({ id: `e${milliseconds}`, userId: 'ann', at: at(milliseconds) }),
      )
      await given(storage, { users, activity })
      assert.deepEqual(idsOf(await storage.listActivity('ann', aRange())), ['e7', 'e1', 'e9', 'e5'])
    },
  },
  {
    name: 'many entries of one millisecond are paged through, each exactly once [B-63]',
    async run(storage) {
      const ids = Array.from({ length: 500 }, (_, index) => `e${index}`)
      await given(storage, { users, activity: ids.map((id) => anEntry({ id, userId: 'ann' })) })
      const pageAt = (range: object) => storage.listActivity('ann', aRange(range))
      assert.deepEqual(await walked(33, pageAt), ids.toReversed())
      assert.deepEqual(await stepped(33, pageAt), ids.toReversed())
    },
  },
  {
    name: 'listActivity counts the offset from after, when both are given [B-139]',
    async run(storage) {
      await given(storage, {
        users,
        activity: ['e1', 'e2', 'e3', 'e4', 'e5'].map((id) => anEntry({ id, userId: 'ann' })),
      })
      const { next: after = '' } = await storage.listActivity('ann', aRange({ limit: 2 }))
      assert.deepEqual(idsOf(await storage.listActivity('ann', aRange({ after, offset: 1, limit: 1 }))), ['e2'])
      assert.deepEqual(idsOf(await storage.listActivity('ann', aRange({ after, offset: 3 }))), [])
    },
  },
  {
    name: 'listActivity has next only when more follows',
    async run(storage) {
      await given(storage, { users, activity: ['e1', 'e2', 'e3'].map((id) => anEntry({ id, userId: 'ann' })) })
      assert.ok('next' in (await storage.listActivity('ann', aRange({ limit: 2 }))))
      assert.ok(!('next' in (await storage.listActivity('ann', aRange({ limit: 3 })))))
    },
  },
  {
    name: 'a walk through activity meets the older entries once while newer ones are written',
    async run(storage) {
      const ids = Array.from({ length: 20 }, (_, index) => `e${index}`)
      await given(storage, { users, activity: ids.map((id) => anEntry({ id, userId: 'ann' })) })
      const walk = walked(
        3,
        (range) => storage.listActivity('ann', aRange(range)),
        (pages) => storage.commit([appendActivity(anEntry({ id: `new${pages}`, userId: 'ann' }))]),
      )
      assert.deepEqual(await walk, ids.toReversed())
    },
  },
  {
    name: 'appendActivity refuses an entry about a user who is not there',
    async run(storage) {
      await assertConflict(storage, [appendActivity(anEntry({ userId: 'ann' }))], 'missing-user')
      await given(storage, { users })
      await assertConflict(storage, [appendActivity(anEntry({ userId: 'Ann' }))], 'missing-user')
      assert.deepEqual(await storage.listActivity('Ann', aRange({ total: 'exact' })), { items: [], total: 0 })
    },
  },
  {
    name: 'appendActivity takes an entry about a user of its own commit',
    async run(storage) {
      await storage.commit([insertUser(aUserRecord()), appendActivity(anEntry({ userId: 'ann' }))])
      assert.equal((await storage.listActivity('ann', aRange())).items.length, 1)
    },
  },
  {
    name: 'appendActivity takes an entry about nobody, which is in no list',
    async run(storage) {
      await given(storage, { users, activity: [anEntry({ id: 'e1' }), anEntry({ id: 'e2', userId: 'ann' })] })
      assert.deepEqual(idsOf(await storage.listActivity('ann', aRange())), ['e2'])
      for (const userId of ['undefined', 'null', '']) {
        assert.deepEqual(await storage.listActivity(userId, aRange({ total: 'exact' })), { items: [], total: 0 })
      }
    },
  },
]
