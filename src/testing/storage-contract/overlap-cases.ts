import assert from 'node:assert/strict'
import type { Change, UsersStorage } from '../../ports/storage.js'
import { anEntry, aRange, aSession, aSessionRange, at, aUserRecord, someUsers } from './builders.js'
import { appendActivity, deleteUser, given, insertSession, insertTombstone, replaceUser } from './changes.js'
import { raced } from './conflicts.js'
import type { ContractCase } from './contract-case.js'
import { idsOf, userIds, walked } from './walks.js'

const users = someUsers(20)
const [first, second] = users
const userId = first?.id ?? ''
const sessions = users.map(({ id }, index) => aSession({ id: `s${index}`, userId: id }))

/** Commits each change by itself, all at once: none may get lost because another one was on its way. */
async function allDone(storage: UsersStorage, changes: readonly Change[]): Promise<void> {
  assert.deepEqual(
    await raced(
      storage,
      changes.map((change) => [change]),
    ),
    { done: changes.length },
  )
}

const allSessions = (storage: UsersStorage) => walked(7, (range) => storage.walk('sessions', range))
const allActivity = (storage: UsersStorage) => walked(7, (range) => storage.walk('activity', range))

/** Commits of one kind of change that are on their way at the same time. */
export const overlapCases: readonly ContractCase[] = [
  {
    name: 'entries about one user that are written at once are all kept, by themselves too [B-139]',
    async run(storage) {
      await given(storage, { users })
      const ids = users.map((_, index) => `e${index}`)
      await allDone(
        storage,
        ids.map((id) => appendActivity(anEntry({ id, userId }))),
      )
      assert.deepEqual(idsOf(await storage.listActivity(userId, aRange())).toSorted(), ids.toSorted())
    },
  },
  {
    name: 'entries about many users and about nobody that are written at once are all kept [B-139]',
    async run(storage) {
      await given(storage, { users })
      const entries = [...users, undefined, undefined].map((user, index) =>
        anEntry({ id: `e${index}`, ...(user && { userId: user.id }) }),
      )
      await allDone(storage, entries.map(appendActivity))
      assert.deepEqual((await allActivity(storage)).toSorted(), entries.map(({ id }) => id).toSorted())
    },
  },
  {
    name: 'sessions of one user that start at once are all kept, by themselves too [B-139]',
    async run(storage) {
      await given(storage, { users })
      const ids = users.map((_, index) => `s${index}`)
      await allDone(
        storage,
        ids.map((id) => insertSession(aSession({ id, userId }))),
      )
      assert.deepEqual(idsOf(await storage.listSessions(userId, aSessionRange())).toSorted(), ids.toSorted())
    },
  },
  {
    name: 'sessions that are touched at once all keep their new use [B-139]',
    async run(storage) {
      await given(storage, { users, sessions })
      await allDone(
        storage,
        sessions.map(({ id }, index) => ({ op: 'touchSession', sessionId: id, usedAt: at(index + 1) })),
      )
      const { items } = await storage.walk('sessions', { limit: 100 })
      assert.deepEqual(
        items.map(({ usedAt }) => usedAt),
        sessions.map((_, index) => at(index + 1)),
      )
    },
  },
  {
    name: 'sessions that are deleted at once, each in its own way, are all gone [B-139]',
    async run(storage) {
      await given(storage, { users, sessions })
      const ways: ((sessionId: string, userId: string) => Change)[] = [
        (sessionId, owner) => ({ op: 'deleteSession', userId: owner, sessionId }),
        (_, owner) => ({ op: 'deleteSessions', userId: owner }),
        (_, owner) => ({ op: 'keepNewestSessions', userId: owner, keep: 0 }),
      ]
      await allDone(
        storage,
        sessions.flatMap(({ id, userId: owner }, index) => ways[index % ways.length]?.(id, owner) ?? []),
      )
      assert.deepEqual(await allSessions(storage), [])
    },
  },
  {
    name: 'users that are deleted at once are all gone, and their ids are all reserved [B-139]',
    async run(storage) {
      await given(storage, { users, sessions })
      await allDone(storage, users.map(deleteUser))
      assert.deepEqual([await userIds(storage), await allSessions(storage)], [[], []])
      assert.deepEqual(
        idsOf(await storage.walk('tombstones', { limit: 100 })),
        users.map(({ id }) => id),
      )
    },
  },
  {
    name: 'ids that are reserved at once are all reserved [B-139]',
    async run(storage) {
      const ids = users.map(({ id }) => id)
      await allDone(
        storage,
        ids.map((id) => insertTombstone({ id, deletedAt: at(0), actor: undefined })),
      )
      assert.deepEqual(idsOf(await storage.walk('tombstones', { limit: 100 })), ids)
    },
  },
  {
    name: 'changes of every kind that are made at once are all kept [B-139]',
    async run(storage) {
      const ann = aUserRecord({ id: 'ann' })
      await given(storage, { users: [ann, ...users], sessions })
      await allDone(storage, [
        replaceUser(ann, { name: 'Ann' }),
        appendActivity(anEntry({ id: 'e1', userId: 'ann' })),
        insertSession(aSession({ id: 'new', userId: 'ann' })),
        { op: 'touchSession', sessionId: 's0', usedAt: at(5) },
        { op: 'deleteSession', userId: second?.id ?? '', sessionId: 's1' },
        insertTombstone({ id: 'zoe', deletedAt: at(0), actor: undefined }),
        appendActivity(anEntry({ id: 'e2' })),
      ])
      assert.equal((await storage.findUser({ id: 'ann' }))?.name, 'Ann')
      assert.deepEqual((await allActivity(storage)).toSorted(), ['e1', 'e2'])
      const kept = [...sessions.map(({ id }) => id).filter((id) => id !== 's1'), 'new']
      assert.deepEqual((await allSessions(storage)).toSorted(), kept.toSorted())
      assert.deepEqual((await storage.findSession('hash of s0'))?.session.usedAt, at(5))
      assert.deepEqual(idsOf(await storage.walk('tombstones', { limit: 100 })), ['zoe'])
    },
  },
  {
    name: 'what is committed while a sweep is on its way is kept [B-139]',
    async run(storage) {
      const old = sessions.map((session) => ({ ...session, expiresAt: at(-1) }))
      await given(storage, { users, sessions: old })
      const sweeping = storage.sweep({ expiredAt: at(0), activityBefore: at(0), limit: 100 }).catch(() => undefined)
      const entries = users.map(({ id }, index) => anEntry({ id: `e${index}`, userId: id }))
      await allDone(storage, entries.map(appendActivity))
      await sweeping
      assert.deepEqual((await allActivity(storage)).toSorted(), entries.map(({ id }) => id).toSorted())
    },
  },
]
