import assert from 'node:assert/strict'
import type { ConflictReason } from '../../errors/index.js'
import type { Change, UsersStorage } from '../../ports/storage.js'
import { anEntry, aQuery, aRange, aSession, aSessionRange, aToken, at, aUserRecord, someUsers } from './builders.js'
import { appendActivity, deleteUser, given, insertSession, insertToken, insertUser, replaceUser } from './changes.js'
import { assertConflict } from './conflicts.js'
import type { ContractCase } from './contract-case.js'
import { everythingIn, userIds } from './walks.js'

const ann = aUserRecord({ id: 'ann', name: 'Ann', prefs: { theme: 'dark' } })
const ben = aUserRecord({ id: 'ben' })
const zoe = aUserRecord({ id: 'zoe' })
const changedAnn = {
  ...ann,
  email: 'new@example.com',
  emailKey: 'new@example.com',
  prefs: {},
  sessionEpoch: 2,
  version: 2,
}
const newSession = aSession({ id: 's4' })

async function aWorld(storage: UsersStorage): Promise<void> {
  await given(storage, {
    users: [ann, ben],
    sessions: [aSession({ id: 's1' }), aSession({ id: 's2' }), aSession({ id: 's3', userId: 'ben' })],
    activity: [anEntry({ id: 'e1', userId: 'ann' }), anEntry({ id: 'e2', userId: 'ben' })],
  })
  await storage.commit([aToken({ id: 't1' }), aToken({ id: 't3', userId: 'ben' })].map(insertToken))
}

/** Everything of the world that a read can tell. */
async function stateOf(storage: UsersStorage) {
  const total = 'exact' as const
  const ids = ['ann', 'ben', 'zoe']
  const keys = ['ann@example.com', 'ben@example.com', 'zoe@example.com', 'new@example.com']
  const hashes = ['hash of s1', 'hash of s2', 'hash of s3', 'hash of s4']
  return {
    oldestFirst: await storage.listUsers(aQuery({ total })),
    newestFirst: await storage.listUsers(aQuery({ total, order: 'newest-first' })),
    found: await Promise.all(ids.map((id) => storage.findUser({ id }))),
    foundByEmail: await Promise.all(keys.map((emailKey) => storage.findUser({ emailKey }))),
    matches: await Promise.all(['ann', 'new@'].map((match) => storage.listUsers(aQuery({ match, total })))),
    foundBySecret: await Promise.all(hashes.map((hash) => storage.findSession(hash))),
    sessions: await Promise.all(ids.map((id) => storage.listSessions(id, aSessionRange({ total })))),
    activity: await Promise.all(ids.map((id) => storage.listActivity(id, aRange({ total })))),
    everything: await everythingIn(storage),
  }
}

// One change of each op that does something to the world. The types keep both lists complete.
const changes: { readonly [Op in Change['op']]: Change & { readonly op: Op } } = {
  insertUser: { op: 'insertUser', user: zoe },
  replaceUser: { op: 'replaceUser', user: changedAnn, expectedVersion: 1 },
  insertTombstone: { op: 'insertTombstone', tombstone: { id: 'zac', deletedAt: at(0), actor: 'root' } },
  insertSession: { op: 'insertSession', session: newSession },
  touchSession: { op: 'touchSession', sessionId: 's2', usedAt: at(5) },
  keepNewestSessions: { op: 'keepNewestSessions', userId: 'ann', keep: 1 },
  deleteSession: { op: 'deleteSession', userId: 'ben', sessionId: 's3' },
  insertToken: { op: 'insertToken', token: aToken({ id: 't4' }) },
  redeemToken: { op: 'redeemToken', userId: 'ben', tokenId: 't3' },
  deleteTokens: { op: 'deleteTokens', userId: 'ann', purpose: 'invite' },
  appendActivity: { op: 'appendActivity', activity: anEntry({ id: 'e3', userId: 'ann' }) },
  deleteSessions: { op: 'deleteSessions', userId: 'ann' },
  deleteUser: {
    op: 'deleteUser',
    userId: 'ann',
    expectedVersion: 1,
    tombstone: { id: 'ann', deletedAt: at(0), actor: undefined },
  },
}

const conflicts: Readonly<Record<Exclude<ConflictReason, 'busy'>, Change>> = {
  'email-taken': insertUser(aUserRecord({ id: 'new', emailKey: ben.emailKey })),
  'id-taken': insertUser(aUserRecord({ id: 'ben', emailKey: 'other' })),
  'stale-user': replaceUser({ ...ben, version: 9 }),
  'missing-user': appendActivity(anEntry({ userId: 'nobody' })),
  'missing-token': { op: 'redeemToken', userId: 'ben', tokenId: 't9' },
  'missing-session': { op: 'deleteSession', userId: 'ben', sessionId: 's9' },
}

// All in one commit, the deletion last and of the version that the replacement wrote.
const everything: readonly Change[] = [...Object.values(changes).slice(0, -1), deleteUser(changedAnn)]

/** A commit happens as a whole or not at all. */
export const atomicityCases: readonly ContractCase[] = [
  ...Object.values(changes).map(
    (change): ContractCase => ({
      name: `a conflict in the last change takes back ${change.op} [B-62]`,
      async run(storage) {
        await aWorld(storage)
        const before = await stateOf(storage)
        await assertConflict(storage, [change, conflicts['missing-session']], 'missing-session')
        assert.deepEqual(await stateOf(storage), before)
        // The change is as possible as it was, and it is one that shows.
        await storage.commit([change])
        assert.notDeepEqual(await stateOf(storage), before)
      },
    }),
  ),
  ...Object.entries(conflicts).map(
    ([reason, conflict]): ContractCase => ({
      name: `${reason} at the end takes back a commit of every op [B-62]`,
      async run(storage) {
        await aWorld(storage)
        const before = await stateOf(storage)
        // The key of an entry, which the type of entries forgets.
        await assertConflict(storage, [...everything, conflict], reason as ConflictReason)
        assert.deepEqual(await stateOf(storage), before)
        await storage.commit(everything)
        assert.deepEqual(await userIds(storage), ['ben', 'zoe'])
      },
    }),
  ),
  {
    name: 'changes after a conflict do not happen [B-108]',
    async run(storage) {
      await aWorld(storage)
      const before = await stateOf(storage)
      await assertConflict(storage, [conflicts['stale-user'], ...everything], 'stale-user')
      assert.deepEqual(await stateOf(storage), before)
    },
  },
  {
    name: 'the first conflict of a commit is the one that is told [B-108]',
    async run(storage) {
      await aWorld(storage)
      await assertConflict(storage, [conflicts['id-taken'], conflicts['missing-user']], 'id-taken')
      await assertConflict(storage, [conflicts['missing-user'], conflicts['id-taken']], 'missing-user')
    },
  },
  {
    name: 'an id and an email of a commit that was refused are free',
    async run(storage) {
      await aWorld(storage)
      const commit = [
        insertUser(zoe),
        insertSession(aSession({ id: 's4', userId: 'zoe' })),
        conflicts['missing-session'],
      ]
      await assertConflict(storage, commit, 'missing-session')
      await storage.commit([insertUser({ ...ben, id: 'zoe', emailKey: 'other' }), insertUser({ ...zoe, id: 'yan' })])
      await storage.commit([insertSession(newSession)])
      assert.deepEqual(await userIds(storage), ['ann', 'ben', 'zoe', 'yan'])
    },
  },
  {
    name: 'a deletion of a commit that was refused reserves no id',
    async run(storage) {
      await aWorld(storage)
      await assertConflict(storage, [insertUser(zoe), deleteUser(zoe), conflicts['id-taken']], 'id-taken')
      await storage.commit([insertUser(zoe)])
      assert.deepEqual(await storage.findUser({ id: 'zoe' }), zoe)
    },
  },
  {
    name: 'a conflict after a thousand changes takes all of them back',
    async run(storage) {
      await aWorld(storage)
      const before = await stateOf(storage)
      const many = someUsers(500).flatMap((user) => [insertUser(user), appendActivity(anEntry({ userId: user.id }))])
      await assertConflict(storage, [...many, conflicts['email-taken']], 'email-taken')
      assert.deepEqual(await stateOf(storage), before)
    },
  },
  {
    name: 'a commit of no changes changes nothing',
    async run(storage) {
      await aWorld(storage)
      const before = await stateOf(storage)
      await storage.commit([])
      assert.deepEqual(await stateOf(storage), before)
    },
  },
]
