import assert from 'node:assert/strict'
import type { UsersStorage } from '../../ports/storage.js'
import { anEntry, aQuery, aSession, aToken, at, aUserRecord, someUsers } from './builders.js'
import {
  appendActivity,
  deleteUser,
  given,
  insertSession,
  insertToken,
  insertTombstone,
  insertUser,
  replaceUser,
} from './changes.js'
import { assertConflict } from './conflicts.js'
import type { ReopeningCase } from './contract-case.js'
import { everythingIn, idsOf, userIds, walked } from './walks.js'

const ann = aUserRecord({ id: 'ann', name: 'Ann', prefs: { a: { b: [1, null] } }, passwordHash: 'x' })
const ben = aUserRecord({ id: 'ben', sessionEpoch: 2 ** 31 + 1, passwordUpdatedAt: at(1) })
const session = aSession({ id: 's1', ip: '127.0.0.1' })
const entries = [anEntry({ id: 'e1', userId: 'ann', details: { a: 1 } }), anEntry({ id: 'e2' })]
const token = aToken({ sessionEpoch: 1, triesLeft: 5 })
const tombstone = { id: 'zoe', deletedAt: at(5), actor: 'root' }

function world(storage: UsersStorage): Promise<void> {
  return given(storage, { users: [ann, ben], sessions: [session], activity: entries })
}

async function everything(storage: UsersStorage): Promise<unknown> {
  return {
    found: (await storage.listUsers(aQuery({ match: 'Ann' }))).items,
    session: await storage.findSession('hash of s1'),
    listed: (await storage.listUsers(aQuery({ total: 'exact' }))).items,
    ...(await everythingIn(storage)),
  }
}

/** What was acknowledged outlives the storage that acknowledged it. */
export const reopenCases: readonly ReopeningCase[] = [
  {
    name: 'what was committed is there, whole, when the storage is opened again, and again [B-139]',
    async run(storage, reopen) {
      await world(storage)
      await storage.commit([insertToken(token), insertTombstone(tombstone)])
      const then = await everything(storage)
      assert.deepEqual(then, {
        listed: [ann, ben],
        users: [ann, ben],
        found: [ann],
        session: { session, user: ann },
        sessions: [session],
        tokens: [token],
        activity: entries,
        tombstones: [tombstone],
      })
      assert.deepEqual(await everything(await reopen()), then)
      assert.deepEqual(await everything(await reopen()), then)
    },
  },
  {
    name: 'what was replaced, touched, deleted and swept is so when the storage is opened again [B-139]',
    async run(storage, reopen) {
      await world(storage)
      const sessions = ['s2', 's3', 's4'].map((id) => aSession({ id, userId: 'ben', expiresAt: at(Number(id[1])) }))
      await storage.commit(sessions.map(insertSession))
      await storage.commit([replaceUser(ann, { name: 'Anna', searchText: 'Anna' })])
      await storage.commit([{ op: 'touchSession', sessionId: 's1', usedAt: at(9) }])
      await storage.commit([{ op: 'deleteSession', userId: 'ben', sessionId: 's3' }])
      await storage.sweep({ expiredAt: at(2), limit: 100 })
      const then = await everything(storage)
      const reopened = await reopen()
      assert.deepEqual(await everything(reopened), then)
      assert.deepEqual(idsOf(await reopened.walk('sessions', { limit: 100 })), ['s1', 's4'])
      await reopened.commit([deleteUser(ben)])
      const without = await everything(reopened)
      assert.deepEqual(await everything(await reopen()), without)
    },
  },
  {
    name: 'the conditions of changes hold when the storage is opened again [B-139]',
    async run(storage, reopen) {
      await world(storage)
      await storage.commit([replaceUser(ann), deleteUser(ben)])
      const reopened = await reopen()
      await assertConflict(reopened, [insertUser(aUserRecord({ id: 'new', emailKey: ann.emailKey }))], 'email-taken')
      await assertConflict(reopened, [insertUser(aUserRecord({ id: 'ann', emailKey: 'new' }))], 'id-taken')
      await assertConflict(reopened, [insertUser(aUserRecord({ id: 'ben', emailKey: 'new' }))], 'id-taken')
      await assertConflict(reopened, [insertSession(aSession({ id: 's1', secretHash: 'new' }))], 'id-taken')
      await assertConflict(reopened, [replaceUser(ann)], 'stale-user')
      await reopened.commit([replaceUser({ ...ann, version: 2 })])
    },
  },
  {
    name: 'positions hold when the storage is opened again, and none is given twice [B-139]',
    async run(storage, reopen) {
      const users = someUsers(5)
      await given(storage, { users, activity: ['e1', 'e2', 'e3'].map((id) => anEntry({ id })) })
      const { next: after = '' } = await storage.listUsers(aQuery({ limit: 4 }))
      const { next: afterEntry = '' } = await storage.walk('activity', { limit: 2 })
      const [last] = users.slice(-1)
      if (last) await storage.commit([deleteUser(last)])
      const reopened = await reopen()
      await reopened.commit([insertUser(aUserRecord({ id: 'new' })), appendActivity(anEntry({ id: 'e4' }))])
      assert.deepEqual(idsOf(await reopened.listUsers(aQuery({ after }))), ['new'])
      assert.deepEqual(idsOf(await reopened.walk('activity', { limit: 9, after: afterEntry })), ['e3', 'e4'])
      assert.deepEqual(await userIds(await reopen()), ['u0000', 'u0001', 'u0002', 'u0003', 'new'])
    },
  },
  {
    name: 'of a commit that was refused there is nothing when the storage is opened again [B-139]',
    async run(storage, reopen) {
      await world(storage)
      const then = await everything(storage)
      const changes = [insertUser(aUserRecord({ id: 'new' })), appendActivity(anEntry({ id: 'e3', userId: 'nobody' }))]
      await assertConflict(storage, changes, 'missing-user')
      assert.deepEqual(await everything(await reopen()), then)
    },
  },
  {
    name: 'a commit after close is not there when the storage is opened again [B-139]',
    async run(storage, reopen) {
      await world(storage)
      const then = await everything(storage)
      await storage.close()
      await assert.rejects(storage.commit([insertUser(aUserRecord({ id: 'new' }))]))
      assert.deepEqual(await everything(await reopen()), then)
    },
  },
  {
    name: 'of commits that were on their way at close, each is whole, and there if it was acknowledged [B-139]',
    async run(storage, reopen) {
      const users = someUsers(20)
      const commits = users.map((user) =>
        storage.commit([insertUser(user), appendActivity(anEntry({ id: user.id, userId: user.id }))]),
      )
      const [ends] = await Promise.all([Promise.allSettled(commits), storage.close()])
      const reopened = await reopen()
      const there = await userIds(reopened)
      const logged = await walked(7, (range) => reopened.walk('activity', range))
      assert.deepEqual(logged.toSorted(), there.toSorted())
      for (const [index, { status }] of ends.entries()) {
        if (status === 'fulfilled') assert.ok(there.includes(users[index]?.id ?? ''))
      }
    },
  },
]
