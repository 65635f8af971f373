import assert from 'node:assert/strict'
import { anEntry, aQuery, aRange, aSession, aSessionRange, at, aUserRecord } from './builders.js'
import { given, insertUser, replaceUser } from './changes.js'
import { assertConflict } from './conflicts.js'
import type { ContractCase } from './contract-case.js'
import { idsOf, userIds } from './walks.js'

const ann = aUserRecord({ id: 'ann' })
const ben = aUserRecord({ id: 'ben' })
const zoe = aUserRecord({ id: 'zoe' })

/** `replaceUser` and its conflicts. */
export const replaceCases: readonly ContractCase[] = [
  {
    name: 'replaceUser puts the whole record in the place of the old one',
    async run(storage) {
      await given(storage, { users: [aUserRecord({ prefs: { theme: 'dark' }, passwordHash: 'x', name: 'Ann' }), ben] })
      const next = aUserRecord({
        email: 'New@example.com',
        emailKey: 'new@example.com',
        emailVerified: true,
        status: 'blocked',
        prefs: { language: 'en' },
        updatedAt: at(1),
        version: 2,
        sessionEpoch: 7,
      })
      await storage.commit([{ op: 'replaceUser', user: next, expectedVersion: 1 }])
      assert.deepEqual(await storage.findUser({ id: 'ann' }), next)
      assert.deepEqual(await storage.findUser({ emailKey: 'new@example.com' }), next)
      assert.deepEqual(await storage.findUser({ id: 'ben' }), ben)
    },
  },
  {
    name: 'replaceUser refuses a version that is not the one stored [B-68]',
    async run(storage) {
      const user = aUserRecord({ version: 5 })
      await given(storage, { users: [user] })
      for (const expectedVersion of [4, 6, 0, 50]) {
        await assertConflict(
          storage,
          [{ op: 'replaceUser', user: { ...user, name: 'x' }, expectedVersion }],
          'stale-user',
        )
      }
      assert.deepEqual(await storage.findUser({ id: 'ann' }), user)
    },
  },
  {
    name: 'replaceUser refuses a user who is not there, and does not insert them',
    async run(storage) {
      await assertConflict(storage, [replaceUser(ann)], 'stale-user')
      assert.deepEqual(await userIds(storage), [])
    },
  },
  {
    name: 'replaceUser refuses an email that another user has',
    async run(storage) {
      await given(storage, { users: [ann, ben] })
      await assertConflict(storage, [replaceUser(ann, { emailKey: ben.emailKey })], 'email-taken')
      assert.deepEqual(await storage.findUser({ id: 'ann' }), ann)
      assert.deepEqual(await storage.findUser({ emailKey: ben.emailKey }), ben)
    },
  },
  {
    name: 'replaceUser tells of the version when that is stale and the email is taken',
    async run(storage) {
      await given(storage, { users: [ann, ben] })
      const user = { ...ann, emailKey: ben.emailKey }
      await assertConflict(storage, [{ op: 'replaceUser', user, expectedVersion: 2 }], 'stale-user')
      await assertConflict(
        storage,
        [{ op: 'replaceUser', user: { ...user, id: 'zoe' }, expectedVersion: 1 }],
        'stale-user',
      )
    },
  },
  {
    name: 'replaceUser lets a user keep their own email',
    async run(storage) {
      await given(storage, { users: [ann] })
      await storage.commit([replaceUser(ann, { email: 'ANN@example.com' })])
      assert.equal((await storage.findUser({ emailKey: ann.emailKey }))?.email, 'ANN@example.com')
    },
  },
  {
    name: 'replaceUser frees the old email',
    async run(storage) {
      await given(storage, { users: [ann] })
      await storage.commit([replaceUser(ann, { emailKey: 'new@example.com' })])
      assert.equal(await storage.findUser({ emailKey: ann.emailKey }), undefined)
      await storage.commit([insertUser({ ...ann, id: 'ben' })])
      assert.equal((await storage.findUser({ emailKey: ann.emailKey }))?.id, 'ben')
      assert.equal((await storage.findUser({ emailKey: 'new@example.com' }))?.id, 'ann')
    },
  },
  {
    name: 'replaceUser applies in order: two users swap their emails by way of a third',
    async run(storage) {
      await given(storage, { users: [ann, ben] })
      const aside = { ...ann, emailKey: 'aside', version: 2 }
      await storage.commit([
        { op: 'replaceUser', user: aside, expectedVersion: 1 },
        replaceUser(ben, { emailKey: ann.emailKey }),
        replaceUser(aside, { emailKey: ben.emailKey }),
      ])
      assert.equal((await storage.findUser({ emailKey: ann.emailKey }))?.id, 'ben')
      assert.equal((await storage.findUser({ emailKey: ben.emailKey }))?.id, 'ann')
    },
  },
  {
    name: 'replaceUser sees the version that its own commit wrote',
    async run(storage) {
      await storage.commit([insertUser(ann), replaceUser(ann), replaceUser({ ...ann, version: 2 }, { name: 'Third' })])
      assert.deepEqual(await storage.findUser({ id: 'ann' }), { ...ann, name: 'Third', version: 3 })
      const fourth = replaceUser({ ...ann, version: 3 })
      await assertConflict(storage, [fourth, fourth], 'stale-user')
    },
  },
  {
    name: 'replaceUser leaves the place in the list as it was',
    async run(storage) {
      await given(storage, { users: [ann, ben, zoe] })
      await storage.commit([
        replaceUser(ben, { id: 'ben', email: 'zzz@example.com', createdAt: at(99), updatedAt: at(99) }),
      ])
      assert.deepEqual(await userIds(storage), ['ann', 'ben', 'zoe'])
      const page = await storage.listUsers(aQuery({ order: 'newest-first', total: 'exact' }))
      assert.deepEqual(idsOf(page), ['zoe', 'ben', 'ann'])
      assert.equal(page.total, 3)
    },
  },
  {
    name: 'replaceUser leaves sessions and activity as they were',
    async run(storage) {
      await given(storage, { users: [ann], sessions: [aSession()], activity: [anEntry({ userId: 'ann' })] })
      await storage.commit([replaceUser(ann, { status: 'blocked' })])
      assert.deepEqual((await storage.listSessions('ann', aSessionRange())).items, [aSession()])
      assert.deepEqual((await storage.listActivity('ann', aRange())).items, [anEntry({ userId: 'ann' })])
    },
  },
]
