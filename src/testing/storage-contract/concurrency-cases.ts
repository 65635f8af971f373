import assert from 'node:assert/strict'
import type { Change } from '../../ports/storage.js'
import { anEntry, aQuery, aRange, aSession, aSessionRange, aUserRecord, someUsers } from './builders.js'
import { appendActivity, deleteUser, given, insertSession, insertUser, replaceUser } from './changes.js'
import { raced } from './conflicts.js'
import type { ContractCase } from './contract-case.js'
import { userIds } from './walks.js'

const ann = aUserRecord({ id: 'ann' })

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index))
}

/** Many callers at once. */
export const concurrencyCases: readonly ContractCase[] = [
  {
    name: 'of 50 commits at once with one email exactly one succeeds [B-45]',
    async run(storage) {
      const commits = times(50, (index) => [insertUser({ ...ann, id: `u${index}` })])
      assert.deepEqual(await raced(storage, commits), { done: 1, 'email-taken': 49 })
      assert.equal((await userIds(storage)).length, 1)
    },
  },
  {
    name: 'of 50 commits at once with one id exactly one succeeds [B-112]',
    async run(storage) {
      const commits = times(50, (index) => [insertUser({ ...ann, emailKey: `${index}@example.com` })])
      assert.deepEqual(await raced(storage, commits), { done: 1, 'id-taken': 49 })
      assert.equal((await userIds(storage)).length, 1)
    },
  },
  {
    name: 'of 50 replacements at once of one version exactly one succeeds, with its entry [B-68]',
    async run(storage) {
      await given(storage, { users: [ann] })
      const commits = times(50, (index) => [
        replaceUser(ann, { name: `name ${index}` }),
        appendActivity(anEntry({ id: `${index}`, userId: 'ann' })),
      ])
      assert.deepEqual(await raced(storage, commits), { done: 1, 'stale-user': 49 })
      const [entry, ...others] = (await storage.listActivity('ann', aRange())).items
      assert.deepEqual(others, [])
      assert.deepEqual(await storage.findUser({ id: 'ann' }), { ...ann, name: `name ${entry?.id}`, version: 2 })
    },
  },
  {
    name: 'of 20 deletions at once of one session exactly one succeeds [B-53]',
    async run(storage) {
      await given(storage, { users: [ann], sessions: [aSession()] })
      const commits = times(20, (): Change[] => [{ op: 'deleteSession', userId: 'ann', sessionId: 's1' }])
      assert.deepEqual(await raced(storage, commits), { done: 1, 'missing-session': 19 })
    },
  },
  {
    name: 'of 20 deletions at once of one user exactly one succeeds',
    async run(storage) {
      await given(storage, { users: [ann] })
      assert.deepEqual(
        await raced(
          storage,
          times(20, () => [deleteUser(ann)]),
        ),
        { done: 1, 'stale-user': 19 },
      )
    },
  },
  {
    name: 'of 20 users who take one free email at once exactly one gets it',
    async run(storage) {
      const users = someUsers(20)
      await given(storage, { users })
      const commits = users.map((user) => [replaceUser(user, { emailKey: 'wanted@example.com' })])
      assert.deepEqual(await raced(storage, commits), { done: 1, 'email-taken': 19 })
    },
  },
  {
    name: 'commits at once that do not meet all succeed',
    async run(storage) {
      const users = someUsers(50)
      assert.deepEqual(
        await raced(
          storage,
          users.map((user) => [insertUser(user)]),
        ),
        { done: 50 },
      )
      assert.deepEqual(
        await raced(
          storage,
          users.map((user) => [replaceUser(user, { name: 'x' })]),
        ),
        { done: 50 },
      )
      assert.deepEqual(
        (await userIds(storage)).toSorted(),
        users.map(({ id }) => id),
      )
    },
  },
  {
    name: 'entries and sessions of one user that are written at once are all kept',
    async run(storage) {
      await given(storage, { users: [ann] })
      const commits = times(40, (index) => [
        insertSession(aSession({ id: `s${index}` })),
        appendActivity(anEntry({ id: `e${index}`, userId: 'ann' })),
      ])
      assert.deepEqual(await raced(storage, commits), { done: 40 })
      assert.equal((await storage.listSessions('ann', aSessionRange({ total: 'exact' }))).total, 40)
      assert.equal((await storage.listActivity('ann', aRange({ total: 'exact' }))).total, 40)
    },
  },
  {
    name: 'sessions that start while their user is deleted are refused or gone [B-52]',
    async run(storage) {
      await given(storage, { users: [ann] })
      const starts = times(20, (index) => [insertSession(aSession({ id: `s${index}` }))])
      const outcome = await raced(storage, [...starts.slice(0, 10), [deleteUser(ann)], ...starts.slice(10)])
      assert.equal((outcome.done ?? 0) + (outcome['missing-user'] ?? 0), 21)
      assert.deepEqual(await storage.listSessions('ann', aSessionRange({ total: 'exact' })), { items: [], total: 0 })
      for (const index of times(20, Number)) assert.equal(await storage.findSession(`hash of s${index}`), undefined)
    },
  },
  {
    name: 'a read among commits sees each of them whole or not at all',
    async run(storage) {
      const commits = times(20, (index) => someUsers(5, 5 * index).map(insertUser))
      const reads: Promise<number | undefined>[] = []
      const writes = commits.map((changes) => {
        const write = raced(storage, [changes])
        reads.push(storage.listUsers(aQuery({ limit: 0, total: 'exact' })).then(({ total }) => total))
        return write
      })
      const [totals] = await Promise.all([Promise.all(reads), Promise.all(writes)])
      for (const total of totals) assert.equal((total ?? Number.NaN) % 5, 0)
      assert.equal((await userIds(storage)).length, 100)
    },
  },
  {
    name: 'findSession among replacements never pairs a session with a user of another moment',
    async run(storage) {
      await given(storage, { users: [ann], sessions: [aSession({ id: 's1', secretHash: 'secret' })] })
      // Each commit ends the session and starts it anew under the epoch that the user gets.
      const looks: ReturnType<typeof storage.findSession>[] = []
      for (let epoch = 1; epoch < 20; epoch++) {
        const user = { ...ann, version: epoch, sessionEpoch: epoch }
        const write = storage.commit([
          replaceUser(user, { sessionEpoch: epoch + 1 }),
          { op: 'deleteSessions', userId: 'ann' },
          insertSession(aSession({ id: `s${epoch + 1}`, secretHash: 'secret', sessionEpoch: epoch + 1 })),
        ])
        looks.push(storage.findSession('secret'), storage.findSession('secret'))
        await write
      }
      for (const found of await Promise.all(looks)) {
        assert.ok(found)
        assert.equal(found.session.sessionEpoch, found.user.sessionEpoch)
      }
    },
  },
]
