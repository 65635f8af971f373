import assert from 'node:assert/strict'
import type { Page } from '../../domain/page.js'
import type { UsersStorage, Walk } from '../../ports/storage.js'
import { anEntry, aSession, at, aUserRecord } from './builders.js'
import { appendActivity, deleteUser, given, insertSession } from './changes.js'
import type { ContractCase } from './contract-case.js'
import { idsOf, walked } from './walks.js'

const users = [aUserRecord({ id: 'ann' }), aUserRecord({ id: 'ben' })]
const owners = ['ben', 'ann', 'ann', 'ben', 'ann']

const lists: Readonly<
  Record<string, (storage: UsersStorage) => (walk: Walk) => Promise<Page<{ readonly id: string }>>>
> = {
  listAllSessions: (storage) => (walk) => storage.listAllSessions(walk),
  listAllActivity: (storage) => (walk) => storage.listAllActivity(walk),
}

/** 250 rows of each kind, owned in turns. */
function crowd(storage: UsersStorage): Promise<void> {
  const rows = Array.from({ length: 250 }, (_, index) => ({ id: `r${index}`, userId: index % 3 ? 'ann' : 'ben' }))
  return given(storage, { users, sessions: rows.map(aSession), activity: rows.map(anEntry) })
}

const crowdIds = Array.from({ length: 250 }, (_, index) => `r${index}`)

/** The walks through the sessions and the activity of all users, by which they are copied elsewhere. */
export const everythingCases: readonly ContractCase[] = [
  {
    name: 'listAllSessions has the whole sessions of all users, dead and expired ones too, in the order of their start',
    async run(storage) {
      const sessions = owners.map((userId, index) =>
        aSession({ id: `s${9 - index}`, userId, sessionEpoch: index, expiresAt: at(-index), createdAt: at(-index) }),
      )
      await given(storage, { users, sessions })
      assert.deepEqual(await storage.listAllSessions({ limit: 10 }), { items: sessions })
    },
  },
  {
    name: 'listAllActivity has the whole entries of all users and of nobody, in the order in which they were stored',
    async run(storage) {
      const activity = [
        anEntry({ id: 'e9', userId: 'ben', at: at(5), details: { a: [1] } }),
        anEntry({ id: 'e8', at: at(4), ip: '127.0.0.1' }),
        anEntry({ id: 'e7', userId: 'ann', at: at(3), actor: 'root' }),
        anEntry({ id: 'e6', userId: 'ben', at: at(2), userAgent: 'x' }),
        anEntry({ id: 'e5', at: at(1) }),
      ]
      await given(storage, { users, activity })
      assert.deepEqual(await storage.listAllActivity({ limit: 10 }), { items: activity })
    },
  },
  {
    name: 'an empty storage has no sessions, no activity and no tombstones',
    async run(storage) {
      assert.deepEqual(await storage.listAllSessions({ limit: 10 }), { items: [] })
      assert.deepEqual(await storage.listAllActivity({ limit: 10 }), { items: [] })
      assert.deepEqual(await storage.listTombstones({ limit: 10 }), { items: [] })
    },
  },
  ...Object.entries(lists).flatMap(([name, listOf]): ContractCase[] => [
    {
      name: `${name} walks through 250 rows of several users, each exactly once and in order`,
      async run(storage) {
        await crowd(storage)
        assert.deepEqual(await walked(7, listOf(storage)), crowdIds)
        assert.deepEqual(await walked(250, listOf(storage)), crowdIds)
      },
    },
    {
      name: `${name} has next only when more follows`,
      async run(storage) {
        await crowd(storage)
        assert.ok('next' in (await listOf(storage)({ limit: 249 })))
        assert.ok(!('next' in (await listOf(storage)({ limit: 250 }))))
      },
    },
    {
      name: `${name} goes on behind a row that is gone, and meets what was added meanwhile`,
      async run(storage) {
        await crowd(storage)
        const { next = '' } = await listOf(storage)({ limit: 3 })
        const added = { id: 'new', userId: 'ann' }
        await storage.commit([deleteUser(aUserRecord({ id: 'ben' }))])
        await storage.commit([insertSession(aSession(added)), appendActivity(anEntry(added))])
        const rest = idsOf(await listOf(storage)({ limit: 250, after: next }))
        assert.deepEqual(rest, [...crowdIds.filter((_, index) => index > 2 && index % 3 !== 0), 'new'])
      },
    },
  ]),
]
