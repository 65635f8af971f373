import assert from 'node:assert/strict'
import type { Change, UsersStorage } from '../../ports/storage.js'
import { aSession, at, aUserRecord } from './builders.js'
import { given, insertSession } from './changes.js'
import { assertConflict } from './conflicts.js'
import type { ContractCase } from './contract-case.js'

const users = [aUserRecord({ id: 'ann' }), aUserRecord({ id: 'ben' })]
const sessions = ['a1', 'b1', 'a2', 'a3', 'b2', 'a4'].map((id) =>
  aSession({ id, userId: id[0] === 'a' ? 'ann' : 'ben' }),
)

/** The sessions that can be found, alive or not, in the order in which they were stored. */
async function remaining(storage: UsersStorage): Promise<string[]> {
  const found = await Promise.all(sessions.map(({ secretHash }) => storage.findSession(secretHash)))
  return found.flatMap((one) => (one ? [one.session.id] : []))
}

function keep(count: number): Change {
  return { op: 'keepNewestSessions', userId: 'ann', keep: count }
}

/** Ending one, some or all sessions of a user. */
export const sessionEndCases: readonly ContractCase[] = [
  {
    name: 'deleteSession deletes that session and no other',
    async run(storage) {
      await given(storage, { users, sessions })
      await storage.commit([{ op: 'deleteSession', userId: 'ann', sessionId: 'a2' }])
      assert.deepEqual(await remaining(storage), ['a1', 'b1', 'a3', 'b2', 'a4'])
    },
  },
  {
    name: 'deleteSession refuses a session that is not there, and one that was deleted before [B-53]',
    async run(storage) {
      await given(storage, { users, sessions })
      await assertConflict(storage, [{ op: 'deleteSession', userId: 'ann', sessionId: 'a9' }], 'missing-session')
      const change: Change = { op: 'deleteSession', userId: 'ann', sessionId: 'a1' }
      await assertConflict(storage, [change, change], 'missing-session')
      await storage.commit([change])
      await assertConflict(storage, [change], 'missing-session')
    },
  },
  {
    name: 'deleteSession refuses a session of another user, also for a user who is not there [B-18]',
    async run(storage) {
      await given(storage, { users, sessions })
      await assertConflict(storage, [{ op: 'deleteSession', userId: 'ann', sessionId: 'b1' }], 'missing-session')
      await assertConflict(storage, [{ op: 'deleteSession', userId: 'nobody', sessionId: 'b1' }], 'missing-session')
      assert.equal((await remaining(storage)).length, 6)
    },
  },
  {
    name: 'the id and the secret of a deleted session are free',
    async run(storage) {
      await given(storage, { users, sessions })
      const again = aSession({ id: 'a1', userId: 'ben' })
      await storage.commit([{ op: 'deleteSession', userId: 'ann', sessionId: 'a1' }, insertSession(again)])
      assert.deepEqual((await storage.findSession(again.secretHash))?.session, again)
    },
  },
  {
    name: 'deleteSessions deletes all sessions of the user, dead ones too, and no others [B-53]',
    async run(storage) {
      const dead = [aSession({ id: 'x', sessionEpoch: 0 }), aSession({ id: 'y', expiresAt: at(-1) })]
      await given(storage, { users, sessions: [...sessions, ...dead] })
      await storage.commit([{ op: 'deleteSessions', userId: 'ann' }])
      assert.deepEqual(await remaining(storage), ['b1', 'b2'])
      for (const { secretHash } of dead) assert.equal(await storage.findSession(secretHash), undefined)
    },
  },
  {
    name: 'deleteSessions does nothing for a user without sessions or who is not there [B-53]',
    async run(storage) {
      await given(storage, { users, sessions })
      const change: Change = { op: 'deleteSessions', userId: 'ann' }
      await storage.commit([change, change, { op: 'deleteSessions', userId: 'nobody' }])
      assert.deepEqual(await remaining(storage), ['b1', 'b2'])
    },
  },
  {
    name: 'keepNewestSessions deletes all but the newest of the user, and none of others [B-57]',
    async run(storage) {
      await given(storage, { users, sessions })
      await storage.commit([keep(2)])
      assert.deepEqual(await remaining(storage), ['b1', 'a3', 'b2', 'a4'])
      await storage.commit([keep(1)])
      assert.deepEqual(await remaining(storage), ['b1', 'b2', 'a4'])
    },
  },
  {
    name: 'keepNewestSessions deletes none when there are as many as it keeps, or fewer',
    async run(storage) {
      await given(storage, { users, sessions })
      await storage.commit([keep(4), keep(5), keep(100)])
      await storage.commit([{ op: 'keepNewestSessions', userId: 'nobody', keep: 1 }])
      assert.equal((await remaining(storage)).length, 6)
    },
  },
  {
    name: 'keepNewestSessions deletes all sessions of the user when it keeps none',
    async run(storage) {
      await given(storage, { users, sessions })
      await storage.commit([keep(0)])
      assert.deepEqual(await remaining(storage), ['b1', 'b2'])
    },
  },
  {
    name: 'keepNewestSessions goes by when a session was stored, and sees those of its own commit',
    async run(storage) {
      await given(storage, { users, sessions })
      const newest = aSession({ id: 'a5', createdAt: at(-99), usedAt: at(-99) })
      await storage.commit([{ op: 'touchSession', sessionId: 'a1', usedAt: at(99) }, insertSession(newest), keep(2)])
      assert.deepEqual(await remaining(storage), ['b1', 'b2', 'a4'])
      assert.deepEqual((await storage.findSession(newest.secretHash))?.session, newest)
    },
  },
]
