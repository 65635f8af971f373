import assert from 'node:assert/strict'
import { aSession, at, aUserRecord } from './builders.js'
import { given, insertSession, replaceUser } from './changes.js'
import { assertConflict } from './conflicts.js'
import type { ContractCase } from './contract-case.js'

const ann = aUserRecord({ id: 'ann' })
const ben = aUserRecord({ id: 'ben' })

/** Starting, finding and touching sessions. */
export const sessionCases: readonly ContractCase[] = [
  {
    name: 'findSession finds a session together with its user',
    async run(storage) {
      const sessions = [aSession({ id: 's1' }), aSession({ id: 's2', userId: 'ben', ip: '::1', userAgent: 'curl/8' })]
      await given(storage, { users: [ann, ben], sessions })
      assert.deepEqual(await storage.findSession('hash of s1'), { session: sessions[0], user: ann })
      assert.deepEqual(await storage.findSession('hash of s2'), { session: sessions[1], user: ben })
    },
  },
  {
    name: 'findSession finds by the exact hash of the secret alone',
    async run(storage) {
      await given(storage, { users: [ann], sessions: [aSession({ secretHash: 'AbC' })] })
      for (const text of ['abc', 'ABC', 'Ab', 'AbCd', '', '%', 's1', 'ann']) {
        assert.equal(await storage.findSession(text), undefined, text)
      }
      assert.equal((await storage.findSession('AbC'))?.session.id, 's1')
    },
  },
  {
    name: 'findSession leaves it to the core whether a session is alive',
    async run(storage) {
      const sessions = [aSession({ id: 's1', sessionEpoch: 0 }), aSession({ id: 's2', expiresAt: at(-1) })]
      await given(storage, { users: [{ ...ann, status: 'blocked' }], sessions })
      assert.deepEqual((await storage.findSession('hash of s1'))?.session, sessions[0])
      assert.deepEqual((await storage.findSession('hash of s2'))?.session, sessions[1])
    },
  },
  {
    name: 'findSession has the user as the last replaceUser left them [B-50]',
    async run(storage) {
      await given(storage, { users: [ann], sessions: [aSession()] })
      await storage.commit([replaceUser(ann, { status: 'blocked', sessionEpoch: 2 })])
      const found = await storage.findSession('hash of s1')
      assert.deepEqual(found?.user, { ...ann, status: 'blocked', sessionEpoch: 2, version: 2 })
      assert.equal(found.session.sessionEpoch, 1)
    },
  },
  {
    name: 'insertSession refuses a user who is not there',
    async run(storage) {
      await assertConflict(storage, [insertSession(aSession())], 'missing-user')
      assert.equal(await storage.findSession('hash of s1'), undefined)
    },
  },
  {
    name: 'insertSession refuses the id of another session, also of another user',
    async run(storage) {
      await given(storage, { users: [ann, ben], sessions: [aSession()] })
      await assertConflict(storage, [insertSession(aSession({ secretHash: 'other' }))], 'id-taken')
      await assertConflict(storage, [insertSession(aSession({ userId: 'ben', secretHash: 'other' }))], 'id-taken')
      assert.equal(await storage.findSession('other'), undefined)
      assert.deepEqual(await storage.findSession('hash of s1'), { session: aSession(), user: ann })
    },
  },
  {
    name: 'insertSession tells of the user when they are missing and the id is taken',
    async run(storage) {
      await given(storage, { users: [ann], sessions: [aSession()] })
      await assertConflict(storage, [insertSession(aSession({ userId: 'ben', secretHash: 'other' }))], 'missing-user')
    },
  },
  {
    name: 'insertSession keeps the epoch that the session carries, whatever the user has by now [B-51]',
    async run(storage) {
      await given(storage, { users: [{ ...ann, sessionEpoch: 5 }], sessions: [aSession({ sessionEpoch: 4 })] })
      assert.equal((await storage.findSession('hash of s1'))?.session.sessionEpoch, 4)
    },
  },
  {
    name: 'touchSession sets when the session was used last, and nothing else',
    async run(storage) {
      await given(storage, { users: [ann], sessions: [aSession({ id: 's1' }), aSession({ id: 's2' })] })
      await storage.commit([{ op: 'touchSession', sessionId: 's1', usedAt: at(50) }])
      assert.deepEqual((await storage.findSession('hash of s1'))?.session, aSession({ id: 's1', usedAt: at(50) }))
      assert.deepEqual((await storage.findSession('hash of s2'))?.session, aSession({ id: 's2' }))
    },
  },
  {
    name: 'touchSession does nothing when the session was used later',
    async run(storage) {
      await given(storage, { users: [ann], sessions: [aSession({ usedAt: at(50) })] })
      for (const milliseconds of [49, 50, -1]) {
        await storage.commit([{ op: 'touchSession', sessionId: 's1', usedAt: at(milliseconds) }])
        assert.deepEqual((await storage.findSession('hash of s1'))?.session.usedAt, at(50))
      }
      await storage.commit([{ op: 'touchSession', sessionId: 's1', usedAt: at(51) }])
      assert.deepEqual((await storage.findSession('hash of s1'))?.session.usedAt, at(51))
    },
  },
  {
    name: 'touchSession does nothing when the session is gone',
    async run(storage) {
      await given(storage, { users: [ann], sessions: [aSession()] })
      await storage.commit([
        { op: 'deleteSession', userId: 'ann', sessionId: 's1' },
        { op: 'touchSession', sessionId: 's1', usedAt: at(50) },
        { op: 'touchSession', sessionId: 'never-was', usedAt: at(50) },
      ])
      assert.equal(await storage.findSession('hash of s1'), undefined)
    },
  },
]
