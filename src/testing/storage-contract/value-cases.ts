import assert from 'node:assert/strict'
import type { Activity } from '../../domain/activity.js'
import type { SessionRecord } from '../../domain/session.js'
import type { UserRecord } from '../../domain/user.js'
import { recordKinds } from '../../ports/kinds.js'
import type { Change, UsersStorage } from '../../ports/storage.js'
import { anEntry, aQuery, aRange, aSession, aSessionRange, aToken, aTombstone, at, aUserRecord } from './builders.js'
import { appendActivity, given, insertSession, insertToken, insertTombstone, insertUser } from './changes.js'
import type { ContractCase } from './contract-case.js'

// Made anew by each call: what a case did to one must not show in another.
const aUser = (): UserRecord =>
  aUserRecord({ prefs: { theme: 'dark', tags: ['a', { deep: true }] }, passwordHash: 'x', passwordUpdatedAt: at(1) })
const aStart = (): SessionRecord => aSession({ ip: '127.0.0.1' })
const anEvent = (): Activity => anEntry({ userId: 'ann', details: { list: [{ deep: 1 }] } })

async function aWorld(storage: UsersStorage): Promise<void> {
  await given(storage, { users: [aUser()], sessions: [aStart()], activity: [anEvent()] })
  await storage.commit([insertToken(aToken()), insertTombstone(aTombstone({ actor: 'root' }))])
}

async function assertUnchanged(storage: UsersStorage): Promise<void> {
  assert.deepEqual(await storage.findUser({ id: 'ann' }), aUser())
  assert.deepEqual(await storage.findUser({ emailKey: 'ann@example.com' }), aUser())
  assert.deepEqual(await storage.listUsers(aQuery()), { items: [aUser()] })
  assert.deepEqual(await storage.findSession('hash of s1'), { session: aStart(), user: aUser() })
  assert.deepEqual(await storage.listSessions('ann', aSessionRange()), { items: [aStart()] })
  assert.deepEqual(await storage.listActivity('ann', aRange()), { items: [anEvent()] })
}

/** Changes everything in a value that can be changed: its dates, its lists, its fields. */
function spoil(value: unknown): void {
  if (value instanceof Date) value.setTime(0)
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      spoil(inner)
      Reflect.set(value, key, 'spoiled')
    }
    Reflect.set(value, 'spoiled', true)
  }
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
    for (const inner of Object.values(value)) frozen(inner)
    Object.freeze(value)
  }
  return value
}

const reads: Readonly<Record<string, (storage: UsersStorage) => Promise<unknown>>> = {
  'findUser by id': (storage) => storage.findUser({ id: 'ann' }),
  'findUser by email key': (storage) => storage.findUser({ emailKey: 'ann@example.com' }),
  listUsers: (storage) => storage.listUsers(aQuery()),
  'listUsers with a search': (storage) => storage.listUsers(aQuery({ match: 'ann' })),
  findSession: (storage) => storage.findSession('hash of s1'),
  listSessions: (storage) => storage.listSessions('ann', aSessionRange()),
  listActivity: (storage) => storage.listActivity('ann', aRange()),
  ...Object.fromEntries(
    recordKinds.map((kind) => [`a walk of ${kind}`, (storage: UsersStorage) => storage.walk(kind, { limit: 100 })]),
  ),
}

/** Records are values: nothing is shared with a caller. */
export const valueCases: readonly ContractCase[] = [
  ...Object.entries(reads).map(
    ([name, read]): ContractCase => ({
      name: `what a caller does to the result of ${name} changes nothing [B-69, B-95]`,
      async run(storage) {
        await aWorld(storage)
        const [first, second] = [await read(storage), await read(storage)]
        spoil(first)
        assert.notDeepEqual(second, first)
        assert.deepEqual(await read(storage), second)
        await assertUnchanged(storage)
      },
    }),
  ),
  {
    name: 'what a caller does to the records of a commit afterwards changes nothing [B-69, B-95]',
    async run(storage) {
      const changes: Change[] = [insertUser(aUser()), insertSession(aStart()), appendActivity(anEvent())]
      await storage.commit(changes)
      spoil(changes)
      await assertUnchanged(storage)
    },
  },
  {
    name: 'what a caller does to the record of a replacement afterwards changes nothing [B-69, B-95]',
    async run(storage) {
      await given(storage, { users: [aUserRecord()], sessions: [aStart()], activity: [anEvent()] })
      const change: Change = { op: 'replaceUser', user: aUser(), expectedVersion: 1 }
      await storage.commit([change])
      spoil(change)
      await assertUnchanged(storage)
    },
  },
  {
    name: 'what a caller does to the date of a touch afterwards changes nothing',
    async run(storage) {
      await aWorld(storage)
      const usedAt = at(7)
      await storage.commit([{ op: 'touchSession', sessionId: 's1', usedAt }])
      usedAt.setTime(0)
      assert.deepEqual((await storage.findSession('hash of s1'))?.session.usedAt, at(7))
    },
  },
  {
    name: 'records that are frozen are taken, and none is changed',
    async run(storage) {
      const changes = frozen([insertUser(aUser()), insertSession(aStart()), appendActivity(anEvent())])
      await storage.commit(changes)
      assert.deepEqual(changes, [insertUser(aUser()), insertSession(aStart()), appendActivity(anEvent())])
      await assertUnchanged(storage)
    },
  },
  {
    name: 'one record can be given twice and is stored twice',
    async run(storage) {
      const prefs = { shared: ['x'] }
      await given(storage, { users: ['ann', 'ben'].map((id) => aUserRecord({ id, prefs })) })
      spoil(await storage.findUser({ id: 'ann' }))
      assert.deepEqual((await storage.findUser({ id: 'ben' }))?.prefs, { shared: ['x'] })
    },
  },
]
