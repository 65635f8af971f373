import assert from 'node:assert/strict'
import { anEntry, aQuery, aRange, aSession, aSessionRange, aUserRecord } from './builders.js'
import { given } from './changes.js'
import { assertConflict } from './conflicts.js'
import type { ContractCase } from './contract-case.js'

// What every object answers to: a storage keyed by plain objects would find something.
const inherited = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype']

/** How users are found. */
export const keyCases: readonly ContractCase[] = [
  {
    name: 'findUser finds a user by id and by email key',
    async run(storage) {
      const ann = aUserRecord({ id: 'ann' })
      await given(storage, { users: [ann, aUserRecord({ id: 'ben' })] })
      assert.deepEqual(await storage.findUser({ id: 'ann' }), ann)
      assert.deepEqual(await storage.findUser({ emailKey: 'ann@example.com' }), ann)
    },
  },
  {
    name: 'findUser answers undefined for what nobody has',
    async run(storage) {
      assert.equal(await storage.findUser({ id: 'ann' }), undefined)
      assert.equal(await storage.findUser({ emailKey: 'ann@example.com' }), undefined)
      await given(storage, { users: [aUserRecord({ id: 'ann' })] })
      assert.equal(await storage.findUser({ id: '' }), undefined)
      assert.equal(await storage.findUser({ emailKey: '' }), undefined)
    },
  },
  {
    name: 'findUser takes neither an id for an email key nor a part for the whole',
    async run(storage) {
      await given(storage, { users: [aUserRecord({ id: 'ann' })] })
      for (const text of ['ann@example.com', 'an', 'ann%', 'a_n', '*']) {
        assert.equal(await storage.findUser({ id: text }), undefined, text)
      }
      for (const text of ['ann', 'ann@example.co', '%', 'ann_example.com']) {
        assert.equal(await storage.findUser({ emailKey: text }), undefined, text)
      }
    },
  },
  {
    name: 'findUser finds by the email key and not by the email [B-30]',
    async run(storage) {
      await given(storage, { users: [aUserRecord({ email: 'Ann@Example.com', emailKey: 'ann@example.com' })] })
      assert.equal((await storage.findUser({ emailKey: 'ann@example.com' }))?.email, 'Ann@Example.com')
      assert.equal(await storage.findUser({ emailKey: 'Ann@Example.com' }), undefined)
    },
  },
  {
    name: 'ids that differ in letter case or in an accent are different ids',
    async run(storage) {
      const users = ['ann', 'Ann', 'ANN', 'änn'].map((id, index) => aUserRecord({ id, email: `${index}@example.com` }))
      await given(storage, { users })
      for (const user of users) assert.deepEqual(await storage.findUser({ id: user.id }), user)
    },
  },
  {
    name: 'email keys that differ in letter case, in an accent or in a space at the end are different keys [B-30]',
    async run(storage) {
      const keys = ['ann@x.com', 'Ann@x.com', 'änn@x.com', 'a\u0308nn@x.com', 'ann@x.com ']
      await given(storage, { users: keys.map((emailKey, index) => aUserRecord({ id: `u${index}`, emailKey })) })
      for (const [index, emailKey] of keys.entries()) {
        assert.equal((await storage.findUser({ emailKey }))?.id, `u${index}`)
      }
    },
  },
  {
    name: 'the names of what every object has find nothing in an empty storage [B-26, B-95]',
    async run(storage) {
      const nothing = { items: [], total: 0 }
      for (const name of inherited) {
        assert.equal(await storage.findUser({ id: name }), undefined, name)
        assert.equal(await storage.findUser({ emailKey: name }), undefined, name)
        assert.equal(await storage.findSession(name), undefined, name)
        assert.deepEqual(await storage.listSessions(name, aSessionRange({ total: 'exact' })), nothing, name)
        assert.deepEqual(await storage.listActivity(name, aRange({ total: 'exact' })), nothing, name)
        assert.deepEqual(await storage.listUsers(aQuery({ match: name, total: 'exact' })), nothing, name)
        await assertConflict(storage, [{ op: 'deleteSession', userId: name, sessionId: name }], 'missing-session')
        await storage.commit([{ op: 'deleteSessions', userId: name }])
      }
    },
  },
  {
    name: 'ids that are the names of what every object has are ids like others [B-26, B-95]',
    async run(storage) {
      const users = inherited.map((id) => aUserRecord({ id }))
      const sessions = inherited.map((id) => aSession({ id, userId: id, secretHash: id }))
      const activity = inherited.map((id) => anEntry({ id, userId: id }))
      await given(storage, { users, sessions, activity })
      for (const [index, id] of inherited.entries()) {
        assert.deepEqual(await storage.findUser({ id }), users[index])
        assert.deepEqual(await storage.findSession(id), { session: sessions[index], user: users[index] })
        assert.deepEqual((await storage.listActivity(id, aRange())).items, [activity[index]])
      }
    },
  },
]
