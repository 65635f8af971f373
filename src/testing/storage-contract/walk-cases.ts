import assert from 'node:assert/strict'
import type { UserOrder } from '../../domain/page.js'
import type { Range, UsersStorage } from '../../ports/storage.js'
import { aQuery, someUsers } from './builders.js'
import { deleteUser, given, replaceUser } from './changes.js'
import type { ContractCase } from './contract-case.js'
import { stepped, walked } from './walks.js'

const orders = ['oldest-first', 'newest-first'] as const

const byPages = (storage: UsersStorage, order: UserOrder) => (range: Partial<Range>) =>
  storage.listUsers(aQuery({ ...range, order }))

function inOrder(order: UserOrder, ids: readonly string[]): readonly string[] {
  return order === 'oldest-first' ? ids : ids.toReversed()
}

/** Walks through all users, while others come and go. */
export const walkCases: readonly ContractCase[] = orders.flatMap((order): ContractCase[] => [
  {
    name: `250 users of one millisecond are walked by next, each exactly once, ${order} [B-71]`,
    async run(storage) {
      const users = someUsers(250)
      await given(storage, { users })
      const expected = users.map(({ id }) => id)
      assert.deepEqual(await walked(7, byPages(storage, order)), inOrder(order, expected))
    },
  },
  {
    name: `250 users of one millisecond are walked by offsets, each exactly once, ${order} [B-71]`,
    async run(storage) {
      const users = someUsers(250)
      await given(storage, { users })
      const expected = users.map(({ id }) => id)
      assert.deepEqual(await stepped(7, byPages(storage, order)), inOrder(order, expected))
    },
  },
  {
    name: `a walk meets each user who was there before it and stays, once, while others are inserted, ${order} [B-77]`,
    async run(storage) {
      const users = someUsers(40)
      await given(storage, { users })
      const ids = await walked(3, byPages(storage, order), (pages) =>
        pages <= 10 ? given(storage, { users: someUsers(2, 100 + 2 * pages) }) : Promise.resolve(),
      )
      const expected = users.map(({ id }) => id)
      assert.deepEqual(
        ids.filter((id) => expected.includes(id)),
        inOrder(order, expected),
      )
      assert.equal(new Set(ids).size, ids.length)
    },
  },
  {
    name: `a walk meets each user who was there before it and stays, once, while others are deleted, ${order} [B-77]`,
    async run(storage) {
      const users = someUsers(60)
      await given(storage, { users })
      // From both ends and from the middle: users already met, at the position itself, and still to come.
      const leaving = [...users.slice(0, 8), ...users.slice(26, 34), ...users.slice(-8)]
      const ids = await walked(5, byPages(storage, order), async (pages) => {
        await storage.commit(leaving.slice(3 * pages - 3, 3 * pages).map(deleteUser))
      })
      const staying = users.filter((user) => !leaving.includes(user)).map(({ id }) => id)
      assert.deepEqual(
        ids.filter((id) => staying.includes(id)),
        inOrder(order, staying),
      )
      assert.equal(new Set(ids).size, ids.length)
    },
  },
  {
    name: `a walk goes on when all but its last user are deleted, ${order}`,
    async run(storage) {
      const users = someUsers(5)
      await given(storage, { users })
      const last = order === 'oldest-first' ? users.at(-1) : users[0]
      const ids = await walked(2, byPages(storage, order), (pages) =>
        pages === 1 ? storage.commit(users.filter((user) => user !== last).map(deleteUser)) : Promise.resolve(),
      )
      assert.deepEqual(ids.slice(2), [last?.id])
    },
  },
  {
    name: `a walk is not disturbed by users who change while it goes, ${order} [B-77]`,
    async run(storage) {
      const users = someUsers(30)
      await given(storage, { users })
      const ids = await walked(4, byPages(storage, order), async (pages) => {
        const changing = users.slice(4 * pages - 4, 4 * pages)
        await storage.commit(changing.map((user) => replaceUser(user, { email: `${30 - pages}${user.email}` })))
      })
      const expected = users.map(({ id }) => id)
      assert.deepEqual(ids, inOrder(order, expected))
    },
  },
  {
    name: `a walk through the matches of a search meets each of them once, ${order} [B-71, B-75]`,
    async run(storage) {
      const users = someUsers(120).map((user, index) => ({
        ...user,
        searchText: `${index % 3 === 0 ? 'hit' : 'miss'}\n\n${user.id}`,
      }))
      await given(storage, { users })
      const expected = users.filter((_, index) => index % 3 === 0).map(({ id }) => id)
      const matches = (range: Partial<Range>) => storage.listUsers(aQuery({ ...range, order, match: 'hit' }))
      assert.deepEqual(await walked(7, matches), inOrder(order, expected))
      assert.deepEqual(await stepped(7, matches), inOrder(order, expected))
    },
  },
])
