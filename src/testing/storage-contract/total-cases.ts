import assert from 'node:assert/strict'
import { limits } from '../../domain/limits.js'
import type { UserQuery, UsersStorage } from '../../ports/storage.js'
import { anEntry, aQuery, aRange, aSession, aSessionRange, at, aUserRecord, someUsers } from './builders.js'
import { deleteUser, given } from './changes.js'
import type { ContractCase } from './contract-case.js'

/** What a page tells of the total, and nothing else of it. */
async function totalOf(storage: UsersStorage, query: Partial<UserQuery>) {
  const { items: _, next: __, ...total } = await storage.listUsers(aQuery(query))
  return total
}

async function register(storage: UsersStorage, count: number): Promise<void> {
  for (let first = 0; first < count; first += 1000) {
    await given(storage, { users: someUsers(Math.min(1000, count - first), first) })
  }
}

/** How many there are in all. */
export const totalCases: readonly ContractCase[] = [
  {
    name: 'no total is told when none is asked for',
    async run(storage) {
      await given(storage, { users: someUsers(3), sessions: [aSession({ userId: 'u0000' })] })
      assert.deepEqual(await totalOf(storage, { total: 'none' }), {})
      assert.deepEqual(await totalOf(storage, { total: 'none', match: 'u0000' }), {})
      assert.ok(!('total' in (await storage.listSessions('u0000', aSessionRange()))))
      assert.ok(!('total' in (await storage.listActivity('u0000', aRange()))))
    },
  },
  {
    name: 'the total of users counts all of them, whatever the page',
    async run(storage) {
      await given(storage, { users: someUsers(9) })
      const { next: after = '' } = await storage.listUsers(aQuery({ limit: 4 }))
      for (const total of ['exact', 'capped'] as const) {
        const pages = [{}, { limit: 0 }, { limit: 2 }, { offset: 5 }, { offset: 50 }, { after }, { after, offset: 2 }]
        for (const page of pages) {
          assert.deepEqual(await totalOf(storage, { ...page, total }), { total: 9 })
          assert.deepEqual(await totalOf(storage, { ...page, total, order: 'newest-first' }), { total: 9 })
        }
      }
    },
  },
  {
    name: 'the total of a search counts the matches, whatever the page [B-71]',
    async run(storage) {
      await given(storage, { users: [...someUsers(9), aUserRecord({ id: 'ann' }), aUserRecord({ id: 'ben' })] })
      const { next: after = '' } = await storage.listUsers(aQuery({ limit: 4, match: 'u000' }))
      for (const total of ['exact', 'capped'] as const) {
        for (const page of [{}, { limit: 0 }, { limit: 2 }, { offset: 5 }, { after }]) {
          assert.deepEqual(await totalOf(storage, { ...page, total, match: 'u000' }), { total: 9 })
        }
        assert.deepEqual(await totalOf(storage, { total, match: 'nobody' }), { total: 0 })
      }
    },
  },
  {
    name: 'the total follows insertions and deletions at once',
    async run(storage) {
      const users = someUsers(4)
      await given(storage, { users })
      assert.deepEqual(await totalOf(storage, { total: 'exact' }), { total: 4 })
      await storage.commit(users.slice(1).map(deleteUser))
      assert.deepEqual(await totalOf(storage, { total: 'exact' }), { total: 1 })
      assert.deepEqual(await totalOf(storage, { total: 'exact', match: 'u' }), { total: 1 })
      await given(storage, { users: someUsers(2, 10) })
      assert.deepEqual(await totalOf(storage, { total: 'exact' }), { total: 3 })
      assert.deepEqual(await totalOf(storage, { total: 'capped', match: 'u' }), { total: 3 })
    },
  },
  {
    name: `a capped total counts to ${limits.totalCap} and says when there are more`,
    async run(storage) {
      const cap = limits.totalCap
      await register(storage, cap)
      assert.deepEqual(await totalOf(storage, { total: 'capped', match: 'example' }), { total: cap })
      await given(storage, { users: [aUserRecord({ id: 'one-more' })] })
      assert.deepEqual(await totalOf(storage, { total: 'capped', match: 'example' }), {
        total: cap,
        totalIsCapped: true,
      })
      assert.deepEqual(await totalOf(storage, { total: 'capped' }), { total: cap, totalIsCapped: true })
      assert.deepEqual(await totalOf(storage, { total: 'capped', match: 'one-more' }), { total: 1 })
      assert.deepEqual(await totalOf(storage, { total: 'exact', match: 'example' }), { total: cap + 1 })
      assert.deepEqual(await totalOf(storage, { total: 'exact' }), { total: cap + 1 })
    },
  },
  {
    name: 'the total of sessions counts those of the user that are alive, whatever the page',
    async run(storage) {
      const ids = ['s1', 's2', 's3', 's4']
      await given(storage, {
        users: [aUserRecord(), aUserRecord({ id: 'ben' })],
        sessions: [
          ...ids.map((id) => aSession({ id })),
          aSession({ id: 'old-epoch', sessionEpoch: 0 }),
          aSession({ id: 'expired', expiresAt: at(0) }),
          aSession({ id: 'of-ben', userId: 'ben' }),
        ],
      })
      for (const total of ['exact', 'capped'] as const) {
        for (const page of [{}, { limit: 0 }, { limit: 1 }, { offset: 3 }]) {
          assert.equal((await storage.listSessions('ann', aSessionRange({ ...page, total }))).total, 4)
        }
      }
    },
  },
  {
    name: 'the total of activity counts the entries of the user, whatever the page',
    async run(storage) {
      await given(storage, {
        users: [aUserRecord(), aUserRecord({ id: 'ben' })],
        activity: ['ann', 'ben', 'ann', 'ann'].map((userId, index) => anEntry({ id: `e${index}`, userId })),
      })
      for (const total of ['exact', 'capped'] as const) {
        for (const page of [{}, { limit: 0 }, { limit: 1 }, { offset: 2 }]) {
          assert.equal((await storage.listActivity('ann', aRange({ ...page, total }))).total, 3)
        }
      }
    },
  },
]
