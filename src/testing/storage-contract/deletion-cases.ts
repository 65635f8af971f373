import assert from 'node:assert/strict'
import type { UsersStorage } from '../../ports/storage.js'
import { anEntry, aQuery, aRange, aSession, aSessionRange, at, aUserRecord } from './builders.js'
import { appendActivity, deleteUser, given, insertSession, insertUser, replaceUser } from './changes.js'
import { assertConflict } from './conflicts.js'
import type { ContractCase } from './contract-case.js'
import { userIds } from './walks.js'

const ann = aUserRecord({ id: 'ann' })
const ben = aUserRecord({ id: 'ben' })

function annAndBen(storage: UsersStorage): Promise<void> {
  return given(storage, {
    users: [ann, ben],
    sessions: [aSession({ id: 's1' }), aSession({ id: 's2', sessionEpoch: 0 }), aSession({ id: 's3', userId: 'ben' })],
    activity: [anEntry({ id: 'e1', userId: 'ann' }), anEntry({ id: 'e2', userId: 'ben' }), anEntry({ id: 'e3' })],
  })
}

/** `deleteUser`, its conflict, and what stays. */
export const deletionCases: readonly ContractCase[] = [
  {
    name: 'deleteUser leaves nothing of the user that a read could find [B-52]',
    async run(storage) {
      await annAndBen(storage)
      await storage.commit([deleteUser(ann)])
      assert.equal(await storage.findUser({ id: 'ann' }), undefined)
      assert.equal(await storage.findUser({ emailKey: ann.emailKey }), undefined)
      assert.equal(await storage.findSession('hash of s1'), undefined)
      assert.equal(await storage.findSession('hash of s2'), undefined)
      assert.deepEqual(await storage.listSessions('ann', aSessionRange({ total: 'exact' })), { items: [], total: 0 })
      assert.deepEqual(await storage.listActivity('ann', aRange({ total: 'exact' })), { items: [], total: 0 })
      assert.deepEqual(await storage.listUsers(aQuery({ total: 'exact' })), { items: [ben], total: 1 })
      assert.deepEqual(await storage.listUsers(aQuery({ match: 'ann', total: 'exact' })), { items: [], total: 0 })
    },
  },
  {
    name: 'deleteUser leaves other users, their sessions and their activity as they were',
    async run(storage) {
      await annAndBen(storage)
      await storage.commit([deleteUser(ann)])
      assert.deepEqual(await storage.findUser({ emailKey: ben.emailKey }), ben)
      assert.deepEqual((await storage.listSessions('ben', aSessionRange())).items, [
        aSession({ id: 's3', userId: 'ben' }),
      ])
      assert.deepEqual((await storage.listActivity('ben', aRange())).items, [anEntry({ id: 'e2', userId: 'ben' })])
    },
  },
  {
    name: 'deleteUser leaves the entries about nobody',
    async run(storage) {
      await annAndBen(storage)
      await storage.commit([deleteUser(ann), deleteUser(ben)])
      const swept = await storage.sweep({ expiredAt: at(0), activityBefore: at(1), limit: 100 })
      assert.equal(swept.deleted.activity, 1)
    },
  },
  {
    name: 'deleteUser refuses a version that is not the one stored',
    async run(storage) {
      await annAndBen(storage)
      await assertConflict(storage, [deleteUser({ ...ann, version: 2 })], 'stale-user')
      await assertConflict(storage, [deleteUser({ ...ann, version: 0 })], 'stale-user')
      assert.deepEqual(await storage.findUser({ id: 'ann' }), ann)
      assert.equal((await storage.listSessions('ann', aSessionRange())).items.length, 1)
      assert.equal((await storage.listActivity('ann', aRange())).items.length, 1)
    },
  },
  {
    name: 'deleteUser refuses a user who is not there, and does not reserve their id',
    async run(storage) {
      await assertConflict(storage, [deleteUser(ann)], 'stale-user')
      await storage.commit([insertUser(ann)])
      assert.deepEqual(await userIds(storage), ['ann'])
    },
  },
  {
    name: 'deleteUser refuses a user who was deleted before',
    async run(storage) {
      await annAndBen(storage)
      await storage.commit([deleteUser(ann)])
      await assertConflict(storage, [deleteUser(ann)], 'stale-user')
      await assertConflict(storage, [replaceUser(ann)], 'stale-user')
    },
  },
  {
    name: 'deleteUser sees what its own commit wrote',
    async run(storage) {
      await storage.commit([
        insertUser(ann),
        insertSession(aSession()),
        replaceUser(ann),
        deleteUser({ ...ann, version: 2 }),
      ])
      assert.deepEqual(await userIds(storage), [])
      assert.equal(await storage.findSession('hash of s1'), undefined)
    },
  },
  {
    name: 'deleteUser reserves the id for ever, also across sweeps and within one commit [B-52]',
    async run(storage) {
      await given(storage, { users: [ann] })
      const again = insertUser({ ...ann, emailKey: 'another' })
      await assertConflict(storage, [deleteUser(ann), again], 'id-taken')
      await storage.commit([deleteUser(ann)])
      await assertConflict(storage, [again], 'id-taken')
      await storage.sweep({ expiredAt: at(1e12), activityBefore: at(1e12), limit: 100 })
      await assertConflict(storage, [again], 'id-taken')
    },
  },
  {
    name: 'deleteUser frees the email, also within one commit',
    async run(storage) {
      await given(storage, { users: [ann] })
      await storage.commit([deleteUser(ann), insertUser({ ...ann, id: 'new' })])
      assert.equal((await storage.findUser({ emailKey: ann.emailKey }))?.id, 'new')
    },
  },
  {
    name: 'deleteUser takes a tombstone with an actor and one without',
    async run(storage) {
      await given(storage, { users: [ann, ben] })
      for (const [{ id }, actor] of [[ann, undefined] as const, [ben, 'Ängelika "the admin"'] as const]) {
        const tombstone = { id, deletedAt: at(5), actor }
        await storage.commit([{ op: 'deleteUser', userId: id, expectedVersion: 1, tombstone }])
      }
      assert.deepEqual(await userIds(storage), [])
    },
  },
  {
    name: 'a deleted user gets no session and no entry any more, also within one commit [B-52]',
    async run(storage) {
      await given(storage, { users: [ann, ben] })
      await assertConflict(storage, [deleteUser(ann), insertSession(aSession())], 'missing-user')
      await assertConflict(storage, [deleteUser(ann), appendActivity(anEntry({ userId: 'ann' }))], 'missing-user')
      await storage.commit([deleteUser(ann)])
      await assertConflict(storage, [insertSession(aSession())], 'missing-user')
      await assertConflict(storage, [appendActivity(anEntry({ userId: 'ann' }))], 'missing-user')
    },
  },
  {
    name: 'the id and the secret of a session that went with its user are free',
    async run(storage) {
      await annAndBen(storage)
      await storage.commit([deleteUser(ann), insertSession(aSession({ userId: 'ben' }))])
      assert.equal((await storage.findSession('hash of s1'))?.user.id, 'ben')
    },
  },
]
