import assert from 'node:assert/strict'
import { aQuery, at, aUserRecord, someUsers } from './builders.js'
import { deleteUser, given, insertUser } from './changes.js'
import type { ContractCase } from './contract-case.js'
import { idsOf } from './walks.js'

const orders = ['oldest-first', 'newest-first'] as const

/** One page of users. */
export const listingCases: readonly ContractCase[] = [
  {
    name: 'listUsers of an empty storage is an empty page without next',
    async run(storage) {
      for (const order of orders) {
        assert.deepEqual(await storage.listUsers(aQuery({ order })), { items: [] })
        assert.deepEqual(await storage.listUsers(aQuery({ order, total: 'exact' })), { items: [], total: 0 })
        assert.deepEqual(await storage.listUsers(aQuery({ order, total: 'capped' })), { items: [], total: 0 })
      }
    },
  },
  {
    name: 'listUsers has the whole records that findUser has',
    async run(storage) {
      const ann = aUserRecord({ name: 'Ann', prefs: { a: { b: [1] } }, passwordHash: 'x', passwordUpdatedAt: at(3) })
      await given(storage, { users: [ann] })
      assert.deepEqual(await storage.listUsers(aQuery()), { items: [ann] })
    },
  },
  {
    name: 'listUsers goes by registration and by nothing else [B-71, B-111]',
    async run(storage) {
      // Each other thing to sort by would give another order.
      const users = [
        aUserRecord({ id: 'm', email: 'c@x.com', name: 'B', createdAt: at(2), updatedAt: at(9), version: 3 }),
        aUserRecord({ id: 'z', email: 'a@x.com', name: 'C', createdAt: at(3), updatedAt: at(7), version: 1 }),
        aUserRecord({ id: 'a', email: 'b@x.com', name: 'A', createdAt: at(1), updatedAt: at(8), version: 2 }),
      ]
      for (const user of users) await storage.commit([insertUser(user)])
      assert.deepEqual(idsOf(await storage.listUsers(aQuery())), ['m', 'z', 'a'])
      assert.deepEqual(idsOf(await storage.listUsers(aQuery({ order: 'newest-first' }))), ['a', 'z', 'm'])
    },
  },
  {
    name: 'listUsers has the users of one commit in the order of its changes',
    async run(storage) {
      await given(storage, { users: ['c', 'a', 'b'].map((id) => aUserRecord({ id })) })
      assert.deepEqual(idsOf(await storage.listUsers(aQuery())), ['c', 'a', 'b'])
    },
  },
  {
    name: 'listUsers has at most limit users, and next only when more follow [B-70]',
    async run(storage) {
      await given(storage, { users: someUsers(5) })
      for (const order of orders) {
        for (const limit of [1, 4]) {
          const page = await storage.listUsers(aQuery({ order, limit }))
          assert.equal(page.items.length, limit)
          assert.equal(typeof page.next, 'string')
        }
        for (const limit of [5, 6, 100]) {
          const page = await storage.listUsers(aQuery({ order, limit }))
          assert.equal(page.items.length, 5)
          assert.ok(!('next' in page))
        }
      }
    },
  },
  {
    name: 'listUsers with the limit 0 is an empty page that can tell the total [B-22]',
    async run(storage) {
      await given(storage, { users: someUsers(3) })
      assert.deepEqual((await storage.listUsers(aQuery({ limit: 0 }))).items, [])
      const counted = await storage.listUsers(aQuery({ limit: 0, total: 'exact' }))
      assert.deepEqual([counted.items, counted.total], [[], 3])
    },
  },
  {
    name: 'listUsers skips offset users, and all of them without an error [B-23]',
    async run(storage) {
      await given(storage, { users: someUsers(5) })
      const from = async (offset: number, limit: number) => idsOf(await storage.listUsers(aQuery({ offset, limit })))
      assert.deepEqual(await from(1, 2), ['u0001', 'u0002'])
      assert.deepEqual(await from(4, 2), ['u0004'])
      assert.deepEqual(await from(5, 2), [])
      assert.deepEqual(await from(Number.MAX_SAFE_INTEGER, 2), [])
      const newest = await storage.listUsers(aQuery({ order: 'newest-first', offset: 3 }))
      assert.deepEqual(idsOf(newest), ['u0001', 'u0000'])
    },
  },
  {
    name: 'listUsers counts the offset from after, when both are given',
    async run(storage) {
      await given(storage, { users: someUsers(9) })
      for (const [order, expected] of [['oldest-first', 'u0005'] as const, ['newest-first', 'u0003'] as const]) {
        const { next: after = '' } = await storage.listUsers(aQuery({ order, limit: 3 }))
        assert.deepEqual(idsOf(await storage.listUsers(aQuery({ order, after, offset: 2, limit: 1 }))), [expected])
      }
    },
  },
  {
    name: 'a position leads both ways: after it in one order is before it in the other',
    async run(storage) {
      await given(storage, { users: someUsers(5) })
      const { next: after = '' } = await storage.listUsers(aQuery({ limit: 3 }))
      assert.deepEqual(idsOf(await storage.listUsers(aQuery({ after }))), ['u0003', 'u0004'])
      assert.deepEqual(idsOf(await storage.listUsers(aQuery({ after, order: 'newest-first' }))), ['u0001', 'u0000'])
    },
  },
  {
    name: 'a position holds when its user is deleted',
    async run(storage) {
      const users = someUsers(5)
      await given(storage, { users })
      const { next: after = '', items } = await storage.listUsers(aQuery({ limit: 3 }))
      await storage.commit(items.map(deleteUser))
      assert.deepEqual(idsOf(await storage.listUsers(aQuery({ after }))), ['u0003', 'u0004'])
    },
  },
  {
    name: 'a position is never used again, also when the newest users are deleted',
    async run(storage) {
      const users = someUsers(4)
      await given(storage, { users })
      const { next: after = '' } = await storage.listUsers(aQuery({ limit: 3 }))
      await storage.commit(users.slice(2).map(deleteUser))
      await given(storage, { users: someUsers(2, 10) })
      assert.deepEqual(idsOf(await storage.listUsers(aQuery({ after }))), ['u0010', 'u0011'])
    },
  },
]
