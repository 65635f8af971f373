import assert from 'node:assert/strict'
import { aTombstone, at, aUserRecord, someUsers } from './builders.js'
import { deleteUser, given, insertTombstone, insertUser } from './changes.js'
import { assertConflict } from './conflicts.js'
import type { ContractCase } from './contract-case.js'
import { walked } from './walks.js'

const ann = aUserRecord({ id: 'ann' })

/** What stays of deleted users: a walk through it, and `insertTombstone` that brings it from elsewhere. */
export const tombstoneCases: readonly ContractCase[] = [
  {
    name: 'a walk of tombstones has what deleteUser left, whole',
    async run(storage) {
      const tombstone = aTombstone({ id: 'ann', deletedAt: at(7), actor: 'root' })
      await given(storage, { users: [ann] })
      await storage.commit([{ op: 'deleteUser', userId: 'ann', expectedVersion: 1, tombstone }])
      assert.deepEqual(await storage.walk('tombstones', { limit: 10 }), { items: [tombstone] })
    },
  },
  {
    name: 'a walk of tombstones goes by the ids in the order of ASCII, whenever they were left',
    async run(storage) {
      const ids = ['b', 'a.c', 'B', '0', 'a', 'a-b', 'Z', 'ab', 'a_b', '9', 'a0']
      for (const id of ids) await storage.commit([insertTombstone(aTombstone({ id }))])
      const sorted = ['0', '9', 'B', 'Z', 'a', 'a-b', 'a.c', 'a0', 'a_b', 'ab', 'b']
      assert.deepEqual(await walked(3, (walk) => storage.walk('tombstones', walk)), sorted)
    },
  },
  {
    name: 'a walk of tombstones meets 250 deleted users by their ids, each exactly once, and has next only when more follows',
    async run(storage) {
      const users = someUsers(250)
      await given(storage, { users })
      await storage.commit(users.toReversed().map(deleteUser))
      const expected = users.map(({ id }) => id)
      assert.deepEqual(await walked(7, (walk) => storage.walk('tombstones', walk)), expected)
      assert.ok('next' in (await storage.walk('tombstones', { limit: 249 })))
      assert.ok(!('next' in (await storage.walk('tombstones', { limit: 250 }))))
    },
  },
  {
    name: 'insertTombstone keeps time and actor, and reserves the id for ever [B-52]',
    async run(storage) {
      const tombstone = aTombstone({ id: 'ann', deletedAt: at(-1e12), actor: 'root' })
      await storage.commit([insertTombstone(tombstone)])
      assert.deepEqual(await storage.walk('tombstones', { limit: 10 }), { items: [tombstone] })
      await assertConflict(storage, [insertUser(ann)], 'id-taken')
      assert.equal(await storage.findUser({ id: 'ann' }), undefined)
    },
  },
  {
    name: 'insertTombstone refuses the id of a user, and one that is reserved already',
    async run(storage) {
      await given(storage, { users: [ann] })
      await assertConflict(storage, [insertTombstone(aTombstone({ id: 'ann' }))], 'id-taken')
      await storage.commit([insertTombstone(aTombstone())])
      await assertConflict(storage, [insertTombstone(aTombstone({ actor: 'root' }))], 'id-taken')
      assert.deepEqual(await storage.walk('tombstones', { limit: 10 }), { items: [aTombstone()] })
      assert.deepEqual(await storage.findUser({ id: 'ann' }), ann)
    },
  },
  {
    name: 'a sweep leaves the tombstones',
    async run(storage) {
      await storage.commit([insertTombstone(aTombstone({ deletedAt: at(-1e12) }))])
      await storage.sweep({ expiredAt: at(1e12), activityBefore: at(1e12), limit: 100 })
      assert.equal((await storage.walk('tombstones', { limit: 10 })).items.length, 1)
    },
  },
]
