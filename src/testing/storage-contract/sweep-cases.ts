import assert from 'node:assert/strict'
import { forEachKind, sweptKinds } from '../../ports/kinds.js'
import type { SweepRequest, SweepResult, UsersStorage } from '../../ports/storage.js'
import { anEntry, aRange, aSession, aSessionRange, at, aUserRecord } from './builders.js'
import { given } from './changes.js'
import type { ContractCase } from './contract-case.js'
import { idsOf, userIds } from './walks.js'

const users = [aUserRecord({ id: 'ann' }), aUserRecord({ id: 'ben' })]
const owner = (index: number) => (index % 2 === 0 ? 'ann' : 'ben')

/** Stores sessions that expire, and entries that happen, at these milliseconds. */
function aged(storage: UsersStorage, expiries: readonly number[], entries: readonly number[]): Promise<void> {
  return given(storage, {
    users,
    sessions: expiries.map((time, index) => aSession({ id: `s${index}`, userId: owner(index), expiresAt: at(time) })),
    activity: entries.map((time, index) => anEntry({ id: `e${index}`, userId: owner(index), at: at(time) })),
  })
}

function repeated(count: number, value: number): number[] {
  return Array.from({ length: count }, () => value)
}

/** The result of a sweep that deleted so many and is done. */
function swept(deleted: Partial<SweepResult['deleted']>): SweepResult {
  return { deleted: { ...forEachKind(sweptKinds, () => 0), ...deleted }, done: true }
}

async function left(storage: UsersStorage): Promise<{ sessions: string[]; activity: string[] }> {
  const sessions: string[] = []
  const activity: string[] = []
  for (const { id } of users) {
    sessions.push(...idsOf(await storage.listSessions(id, aSessionRange({ expiresAfter: new Date(0) }))))
    activity.push(...idsOf(await storage.listActivity(id, aRange())))
  }
  return { sessions: sessions.toSorted(), activity: activity.toSorted() }
}

/** Sweeps step by step until a step says that it is done. */
async function sweptSteps(storage: UsersStorage, request: SweepRequest) {
  const steps = []
  // Bounded, so that a storage that is never done fails instead of hanging.
  for (let step = 0; step < 100; step++) {
    const result = await storage.sweep(request)
    steps.push(result)
    if (result.done) return steps
  }
  throw new assert.AssertionError({ message: 'the sweep is never done' })
}

/** A sweep takes what is over, in small steps, and nothing else. */
export const sweepCases: readonly ContractCase[] = [
  {
    name: 'a sweep of nothing is done',
    async run(storage) {
      const nothing = swept({})
      assert.deepEqual(await storage.sweep({ expiredAt: at(0), activityBefore: at(0), limit: 10 }), nothing)
      await aged(storage, [5], [5])
      assert.deepEqual(await storage.sweep({ expiredAt: at(0), activityBefore: at(0), limit: 10 }), nothing)
      assert.deepEqual(await left(storage), { sessions: ['s0'], activity: ['e0'] })
    },
  },
  {
    name: 'a sweep takes sessions that expire at the moment or earlier, and no later ones',
    async run(storage) {
      await aged(storage, [99, 101, 100, -1e12, 1e12], [])
      const result = await storage.sweep({ expiredAt: at(100), limit: 10 })
      assert.deepEqual(result, swept({ sessions: 3 }))
      assert.deepEqual((await left(storage)).sessions, ['s1', 's4'])
    },
  },
  {
    name: 'a sweep takes activity before the moment, and none at it or later [B-64]',
    async run(storage) {
      await aged(storage, [], [99, 101, 100, -1e12, 1e12])
      const result = await storage.sweep({ expiredAt: at(0), activityBefore: at(100), limit: 10 })
      assert.deepEqual(result, swept({ activity: 2 }))
      assert.deepEqual((await left(storage)).activity, ['e1', 'e2', 'e4'])
    },
  },
  {
    name: 'a sweep takes no activity when it is not asked to',
    async run(storage) {
      await aged(storage, [1], [1, 2])
      assert.deepEqual(await storage.sweep({ expiredAt: at(1e12), limit: 10 }), swept({ sessions: 1 }))
      assert.deepEqual(await left(storage), { sessions: [], activity: ['e0', 'e1'] })
    },
  },
  {
    name: 'a sweep takes entries about nobody too',
    async run(storage) {
      await given(storage, { activity: [1, 2, 3].map((time) => anEntry({ id: `e${time}`, at: at(time) })) })
      assert.equal((await storage.sweep({ expiredAt: at(0), activityBefore: at(3), limit: 10 })).deleted.activity, 2)
      assert.equal((await storage.sweep({ expiredAt: at(0), activityBefore: at(4), limit: 10 })).deleted.activity, 1)
    },
  },
  {
    name: 'a sweep looks at when a session expires and not at its epoch or its last use',
    async run(storage) {
      await given(storage, {
        users,
        sessions: [
          aSession({ id: 's1', sessionEpoch: 0, usedAt: at(-1e12) }),
          aSession({ id: 's2', expiresAt: at(5), usedAt: at(4) }),
        ],
      })
      assert.equal((await storage.sweep({ expiredAt: at(5), limit: 10 })).deleted.sessions, 1)
      assert.equal((await storage.findSession('hash of s1'))?.session.id, 's1')
      assert.equal(await storage.findSession('hash of s2'), undefined)
    },
  },
  {
    name: 'a step takes at most limit rows, sessions and activity together [B-64]',
    async run(storage) {
      await aged(storage, repeated(5, 0), repeated(5, 0))
      const request = { expiredAt: at(0), activityBefore: at(1), limit: 3 }
      const steps = await sweptSteps(storage, request)
      for (const { deleted } of steps) assert.ok(deleted.sessions + deleted.activity <= 3)
      assert.ok(steps.length >= 4)
    },
  },
  {
    name: 'steps take each row once, and only the last one says that it is done',
    async run(storage) {
      const mixed = Array.from({ length: 40 }, (_, index) => (index % 4 === 0 ? 1000 : index))
      await aged(storage, mixed, mixed)
      const steps = await sweptSteps(storage, { expiredAt: at(500), activityBefore: at(500), limit: 7 })
      assert.equal(
        steps.reduce((sum, { deleted }) => sum + deleted.sessions, 0),
        30,
      )
      assert.equal(
        steps.reduce((sum, { deleted }) => sum + deleted.activity, 0),
        30,
      )
      const { sessions, activity } = await left(storage)
      assert.deepEqual([sessions.length, activity.length], [10, 10])
    },
  },
  {
    name: 'a step that leaves something is not done, and one that had room to spare is',
    async run(storage) {
      await aged(storage, repeated(4, 0), repeated(4, 0))
      const request = { expiredAt: at(0), activityBefore: at(1) }
      assert.equal((await storage.sweep({ ...request, limit: 3 })).done, false)
      assert.equal((await storage.sweep({ ...request, limit: 3 })).done, false)
      assert.equal((await storage.sweep({ ...request, limit: 3 })).done, true)
    },
  },
  {
    name: 'a step of few rows works on what others wrote between the steps',
    async run(storage) {
      await aged(storage, repeated(4, 0), repeated(4, 0))
      const request = { expiredAt: at(0), activityBefore: at(1), limit: 5 }
      await storage.sweep(request)
      await storage.commit([
        { op: 'deleteSessions', userId: 'ann' },
        { op: 'insertSession', session: aSession({ id: 'new' }) },
        { op: 'appendActivity', activity: anEntry({ id: 'new', userId: 'ann', at: at(1) }) },
      ])
      await sweptSteps(storage, request)
      assert.deepEqual(await left(storage), { sessions: ['new'], activity: ['new'] })
    },
  },
  {
    name: 'a sweep leaves users as they are',
    async run(storage) {
      await aged(storage, [0, 0], [0, 0])
      await sweptSteps(storage, { expiredAt: at(1e12), activityBefore: at(1e12), limit: 100 })
      assert.deepEqual(await userIds(storage), ['ann', 'ben'])
      assert.deepEqual(await storage.findUser({ id: 'ann' }), users[0])
      assert.equal(await storage.findSession('hash of s0'), undefined)
    },
  },
]
