import assert from 'node:assert/strict'
import type { UsersStorage } from '../../ports/storage.js'
import { aSession, aSessionRange, at, aUserRecord } from './builders.js'
import { given } from './changes.js'
import type { ContractCase } from './contract-case.js'
import { idsOf, stepped, walked } from './walks.js'

const users = [aUserRecord({ id: 'ann' }), aUserRecord({ id: 'ben' })]

function started(storage: UsersStorage, sessions: readonly Parameters<typeof aSession>[0][]): Promise<void> {
  return given(storage, { users, sessions: sessions.map(aSession) })
}

/** Which sessions are listed, and in which order. */
export const sessionListCases: readonly ContractCase[] = [
  {
    name: 'listSessions has the whole records of this user alone, newest first [B-18]',
    async run(storage) {
      const sessions = [
        aSession({ id: 's1', ip: '127.0.0.1' }),
        aSession({ id: 's2', userId: 'ben' }),
        aSession({ id: 's3', userAgent: 'curl/8' }),
      ]
      await given(storage, { users, sessions })
      assert.deepEqual(await storage.listSessions('ann', aSessionRange()), { items: [sessions[2], sessions[0]] })
    },
  },
  {
    name: 'listSessions of a user without sessions, or of nobody, is an empty page',
    async run(storage) {
      await started(storage, [{ id: 's1' }])
      assert.deepEqual(await storage.listSessions('ben', aSessionRange()), { items: [] })
      assert.deepEqual(await storage.listSessions('nobody', aSessionRange()), { items: [] })
    },
  },
  {
    name: 'listSessions goes by when a session was stored, whatever the clock said',
    async run(storage) {
      await started(storage, [
        { id: 'b', createdAt: at(9), usedAt: at(5) },
        { id: 'c', createdAt: at(1), usedAt: at(9) },
        { id: 'a', createdAt: at(5), usedAt: at(1) },
      ])
      await storage.commit([{ op: 'touchSession', sessionId: 'b', usedAt: at(99) }])
      assert.deepEqual(idsOf(await storage.listSessions('ann', aSessionRange())), ['a', 'c', 'b'])
    },
  },
  {
    name: 'listSessions leaves out sessions of another epoch, earlier and later [B-50]',
    async run(storage) {
      await started(
        storage,
        [0, 1, 2, 1].map((sessionEpoch, index) => ({ id: `s${index}`, sessionEpoch })),
      )
      assert.deepEqual(idsOf(await storage.listSessions('ann', aSessionRange())), ['s3', 's1'])
      assert.deepEqual(idsOf(await storage.listSessions('ann', aSessionRange({ sessionEpoch: 2 }))), ['s2'])
    },
  },
  {
    name: 'listSessions leaves out a session that expires at expiresAfter exactly [B-55]',
    async run(storage) {
      await started(storage, [
        { id: 'before', expiresAt: at(99) },
        { id: 'at', expiresAt: at(100) },
        { id: 'after', expiresAt: at(101) },
      ])
      assert.deepEqual(idsOf(await storage.listSessions('ann', aSessionRange({ expiresAfter: at(100) }))), ['after'])
    },
  },
  {
    name: 'listSessions leaves out a session that was used at usedAfter exactly',
    async run(storage) {
      await started(storage, [
        { id: 'before', usedAt: at(99) },
        { id: 'at', usedAt: at(100) },
        { id: 'after', usedAt: at(101) },
      ])
      assert.deepEqual(idsOf(await storage.listSessions('ann', aSessionRange({ usedAfter: at(100) }))), ['after'])
    },
  },
  {
    name: 'listSessions asks for no use at all when usedAfter is absent',
    async run(storage) {
      await started(storage, [{ id: 's1', createdAt: new Date(-5), usedAt: new Date(-5) }])
      assert.deepEqual(idsOf(await storage.listSessions('ann', aSessionRange())), ['s1'])
    },
  },
  {
    name: 'listSessions wants every condition to hold',
    async run(storage) {
      const alive = { sessionEpoch: 3, expiresAt: at(101), usedAt: at(51) }
      await started(storage, [
        { id: 's1', ...alive },
        { id: 's2', ...alive, sessionEpoch: 2 },
        { id: 's3', ...alive, expiresAt: at(100) },
        { id: 's4', ...alive, usedAt: at(50) },
        { id: 's5', ...alive, userId: 'ben' },
      ])
      const range = aSessionRange({ sessionEpoch: 3, expiresAfter: at(100), usedAfter: at(50), total: 'exact' })
      const page = await storage.listSessions('ann', range)
      assert.deepEqual([idsOf(page), page.total], [['s1'], 1])
    },
  },
  {
    name: 'listSessions counts the offset from after, when both are given [B-139]',
    async run(storage) {
      await started(
        storage,
        ['s1', 's2', 's3', 's4', 's5'].map((id) => ({ id })),
      )
      const { next: after = '' } = await storage.listSessions('ann', aSessionRange({ limit: 2 }))
      assert.deepEqual(idsOf(await storage.listSessions('ann', aSessionRange({ after, offset: 1, limit: 1 }))), ['s2'])
      assert.deepEqual(idsOf(await storage.listSessions('ann', aSessionRange({ after, offset: 3 }))), [])
    },
  },
  {
    name: 'listSessions pages through many sessions of one millisecond, each exactly once',
    async run(storage) {
      const ids = Array.from({ length: 50 }, (_, index) => `s${index}`)
      // One in three is dead, so that a page must look further than its own length.
      await started(
        storage,
        ids.map((id, index) => ({ id, sessionEpoch: index % 3 === 0 ? 0 : 1 })),
      )
      const expected = ids.filter((_, index) => index % 3 !== 0).toReversed()
      const pageAt = (range: object) => storage.listSessions('ann', aSessionRange(range))
      assert.deepEqual(await walked(7, pageAt), expected)
      assert.deepEqual(await stepped(7, pageAt), expected)
      assert.ok(!('next' in (await pageAt({ limit: expected.length }))))
      assert.ok('next' in (await pageAt({ limit: expected.length - 1 })))
    },
  },
]
