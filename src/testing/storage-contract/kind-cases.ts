import assert from 'node:assert/strict'
import type { Page } from '../../domain/page.js'
import { kinds, recordKinds } from '../../ports/kinds.js'
import type { RecordKind, UsersStorage, Walk } from '../../ports/storage.js'
import { anEntry, aSession, at, aUserRecord } from './builders.js'
import { deleteUser, given, insertRecord } from './changes.js'
import type { ContractCase } from './contract-case.js'
import { idsOf, walked } from './walks.js'

const users = [aUserRecord({ id: 'ann' }), aUserRecord({ id: 'ben' })]
const owners = ['ben', 'ann', 'ann', 'ben', 'ann']

/** 250 records of a kind, every third of which belongs to ben, where they belong to somebody. */
const crowdIds = Array.from({ length: 250 }, (_, index) => `r${String(index).padStart(3, '0')}`)
const isOfBen = (_: unknown, index: number) => index % 3 === 0

async function crowd(storage: UsersStorage, kind: RecordKind): Promise<void> {
  if (kinds[kind].isOwned) await given(storage, { users })
  const userOf = (index: number) => (isOfBen('', index) ? 'ben' : 'ann')
  await storage.commit(crowdIds.map((id, index) => insertRecord(kind, id, userOf(index))))
}

/** Deletes every third record of the crowd, where records of the kind can go. */
async function thinOut(storage: UsersStorage, kind: RecordKind): Promise<readonly string[]> {
  if (kind === 'tombstones') return crowdIds
  const gone = kinds[kind].isOwned ? users.slice(1) : crowdIds.filter(isOfBen).map((id) => aUserRecord({ id }))
  await storage.commit(gone.map(deleteUser))
  return crowdIds.filter((id, index) => !isOfBen(id, index))
}

function walkOf(storage: UsersStorage, kind: RecordKind): (part: Walk) => Promise<Page<{ readonly id: string }>> {
  return ({ limit, after }) => storage.walk(kind, { limit, ...(after !== undefined && { after }) })
}

/** The walks through everything that a storage holds, by which it is copied elsewhere. */
export const kindCases: readonly ContractCase[] = [
  {
    name: 'a walk has the whole sessions of all users, dead and expired ones too, in the order of their start',
    async run(storage) {
      const sessions = owners.map((userId, index) =>
        aSession({ id: `s${9 - index}`, userId, sessionEpoch: index, expiresAt: at(-index), createdAt: at(-index) }),
      )
      await given(storage, { users, sessions })
      assert.deepEqual(await storage.walk('sessions', { limit: 10 }), { items: sessions })
    },
  },
  {
    name: 'a walk has the whole entries of all users and of nobody, in the order in which they were stored',
    async run(storage) {
      const activity = [
        anEntry({ id: 'e9', userId: 'ben', at: at(5), details: { a: [1] } }),
        anEntry({ id: 'e8', at: at(4), ip: '127.0.0.1' }),
        anEntry({ id: 'e7', userId: 'ann', at: at(3), actor: 'root' }),
        anEntry({ id: 'e6', userId: 'ben', at: at(2), userAgent: 'x' }),
        anEntry({ id: 'e5', at: at(1) }),
      ]
      await given(storage, { users, activity })
      assert.deepEqual(await storage.walk('activity', { limit: 10 }), { items: activity })
    },
  },
  {
    name: 'a walk has the whole users, whatever their status, in the order of registration',
    async run(storage) {
      const people = [
        aUserRecord({ id: 'zoe', prefs: { a: [{ b: null }] }, passwordHash: 'x', passwordUpdatedAt: at(2) }),
        aUserRecord({ id: 'ann', status: 'blocked', createdAt: at(-1) }),
        aUserRecord({ id: 'moe', status: 'disabled', emailVerified: true, version: 3, sessionEpoch: 2 }),
      ]
      await given(storage, { users: people })
      assert.deepEqual(await storage.walk('users', { limit: 10 }), { items: people })
    },
  },
  {
    name: 'an empty storage has no record of any kind',
    async run(storage) {
      for (const kind of recordKinds) assert.deepEqual(await storage.walk(kind, { limit: 10 }), { items: [] })
    },
  },
  ...recordKinds.flatMap((kind): ContractCase[] => [
    {
      name: `a walk of ${kind} meets 250 records, each exactly once and in order`,
      async run(storage) {
        await crowd(storage, kind)
        assert.deepEqual(await walked(7, walkOf(storage, kind)), crowdIds)
        assert.deepEqual(await walked(250, walkOf(storage, kind)), crowdIds)
      },
    },
    {
      name: `a walk of ${kind} has next only when more follows`,
      async run(storage) {
        await crowd(storage, kind)
        assert.ok('next' in (await storage.walk(kind, { limit: 249 })))
        assert.ok(!('next' in (await storage.walk(kind, { limit: 250 }))))
      },
    },
    {
      name: `a walk of ${kind} goes on behind a record that is gone, and meets what was added meanwhile`,
      async run(storage) {
        await crowd(storage, kind)
        const { next = '' } = await storage.walk(kind, { limit: 4 })
        const left = await thinOut(storage, kind)
        await storage.commit([insertRecord(kind, 'z-new', 'ann')])
        const rest = idsOf(await storage.walk(kind, { limit: 250, after: next }))
        assert.deepEqual(rest, [...left.filter((id) => !crowdIds.slice(0, 4).includes(id)), 'z-new'])
      },
    },
  ]),
]
