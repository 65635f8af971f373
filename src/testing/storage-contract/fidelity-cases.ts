import assert from 'node:assert/strict'
import type { UsersStorage } from '../../ports/storage.js'
import { anEntry, aRange, aSession, aSessionRange, at, aUserRecord } from './builders.js'
import { given, replaceUser } from './changes.js'
import { assertConflict } from './conflicts.js'
import type { ContractCase } from './contract-case.js'

type World = Required<Parameters<typeof given>[1]>

/** Stores records of ann and reads them back. */
async function assertKept(storage: UsersStorage, { users, sessions, activity }: World): Promise<void> {
  await given(storage, { users, sessions, activity })
  for (const user of users) {
    assert.deepEqual(await storage.findUser({ id: user.id }), user)
    assert.deepEqual(await storage.findUser({ emailKey: user.emailKey }), user)
  }
  for (const session of sessions) {
    assert.deepEqual((await storage.findSession(session.secretHash))?.session, session)
  }
  const alive = aSessionRange({ expiresAfter: new Date(-8.64e15) })
  assert.deepEqual((await storage.listSessions('ann', alive)).items, sessions.toReversed())
  assert.deepEqual((await storage.listActivity('ann', aRange())).items, activity.toReversed())
}

const texts = [
  'O\'Brien "Bob" \\ `x` $y %s ? :id $1 --',
  'Żółć Ñandú 山田 שלום 👩‍💻 e\u0301',
  ' spaces around, and a tab\tand a line\nend ',
  '0',
  'null',
  '',
]

/** Every field of every record comes back as it went in. */
export const fidelityCases: readonly ContractCase[] = [
  {
    name: 'every field of a user, a session and an entry is kept',
    async run(storage) {
      const user = aUserRecord({
        id: 'ann',
        email: 'Ann@Exämple.com',
        emailKey: 'ann@xn--exmple-cua.com',
        emailVerified: true,
        name: 'Ann',
        status: 'disabled',
        prefs: { theme: 'dark' },
        passwordHash: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA',
        passwordUpdatedAt: at(1),
        createdAt: at(2),
        updatedAt: at(3),
        searchText: 'ann\nann@example.com\nann',
        version: 4,
        sessionEpoch: 5,
      })
      const session = aSession({
        id: 's1',
        secretHash: 'c2VjcmV0_-',
        sessionEpoch: 1,
        createdAt: at(6),
        expiresAt: at(7),
        usedAt: at(8),
        ip: '2001:db8::1',
        userAgent: 'Mozilla/5.0 (X11; Linux x86_64)',
      })
      const entry = anEntry({
        id: 'e1',
        event: 'user.status-updated',
        userId: 'ann',
        at: at(9),
        actor: 'admin',
        ip: '127.0.0.1',
        userAgent: 'curl/8.0',
        details: { status: 'disabled', keys: ['a', 'b'], sessionId: null },
      })
      await assertKept(storage, { users: [user], sessions: [session], activity: [entry] })
    },
  },
  {
    name: 'what a user or a session has not is undefined',
    async run(storage) {
      await given(storage, { users: [aUserRecord()], sessions: [aSession()] })
      const found = await storage.findSession('hash of s1')
      assert.deepEqual(found, { session: aSession(), user: aUserRecord() })
      const { passwordHash, passwordUpdatedAt } = found.user
      const { ip, userAgent } = found.session
      assert.deepEqual([passwordHash, passwordUpdatedAt, ip, userAgent], [undefined, undefined, undefined, undefined])
    },
  },
  {
    name: 'what a user had and has no more is undefined again',
    async run(storage) {
      await given(storage, { users: [aUserRecord({ passwordHash: 'x', passwordUpdatedAt: at(0) })] })
      const user = aUserRecord({ version: 2 })
      await storage.commit([{ op: 'replaceUser', user, expectedVersion: 1 }])
      assert.deepEqual(await storage.findUser({ id: 'ann' }), user)
    },
  },
  {
    name: 'a field that an entry has not stays absent',
    async run(storage) {
      await given(storage, { users: [aUserRecord()], activity: [anEntry({ userId: 'ann' })] })
      const [entry] = (await storage.listActivity('ann', aRange())).items
      assert.deepEqual(Object.keys(entry ?? {}).toSorted(), ['at', 'event', 'id', 'userId'])
    },
  },
  {
    name: 'empty texts and empty details of an entry are kept apart from absent ones',
    async run(storage) {
      const activity = [anEntry({ userId: 'ann', actor: '', ip: '', userAgent: '', details: {} })]
      const sessions = [aSession({ ip: '', userAgent: '' })]
      await assertKept(storage, { users: [aUserRecord({ passwordHash: '' })], sessions, activity })
    },
  },
  {
    name: 'each status and each truth is kept',
    async run(storage) {
      const users = (['disabled', 'active', 'blocked'] as const).flatMap((status) =>
        [true, false].map((emailVerified) => aUserRecord({ id: `${status}-${emailVerified}`, status, emailVerified })),
      )
      await assertKept(storage, { users, sessions: [], activity: [] })
    },
  },
  {
    name: 'texts of every script, with quotes, spaces and line ends, are kept to the character',
    async run(storage) {
      const users = texts.map((text, index) =>
        aUserRecord({
          id: index === 0 ? 'ann' : `u${index}`,
          email: text,
          emailKey: `${text}${index}`,
          name: text,
          searchText: text,
          passwordHash: text,
        }),
      )
      const sessions = texts.map((text, index) =>
        aSession({ id: `s${index}`, secretHash: `${text}${index}`, ip: text, userAgent: text }),
      )
      const activity = texts.map((text, index) =>
        anEntry({
          id: `e${index}`,
          userId: 'ann',
          event: text,
          actor: text,
          ip: text,
          userAgent: text,
          details: { [text]: text },
        }),
      )
      await assertKept(storage, { users, sessions, activity })
    },
  },
  {
    name: 'the longest texts are kept whole',
    async run(storage) {
      const user = aUserRecord({
        name: '名'.repeat(128),
        email: `${'e'.repeat(242)}@example.com`,
        passwordHash: 'h'.repeat(512),
      })
      const session = aSession({ secretHash: 's'.repeat(43), userAgent: '👩'.repeat(256) })
      const entry = anEntry({ userId: 'ann', userAgent: 'ж'.repeat(512), details: { text: 'x'.repeat(4000) } })
      await assertKept(storage, { users: [user], sessions: [session], activity: [entry] })
    },
  },
  {
    name: 'times are kept to the millisecond, also before 1970 and far ahead [B-63]',
    async run(storage) {
      const times = [0, -1, 1, -62_135_596_800_000, 253_402_300_799_999, 1_767_225_600_123].map(
        (time) => new Date(time),
      )
      const users = times.map((time, index) =>
        aUserRecord({
          id: index === 0 ? 'ann' : `u${index}`,
          createdAt: time,
          updatedAt: time,
          passwordUpdatedAt: time,
        }),
      )
      const sessions = times.map((time, index) =>
        aSession({ id: `s${index}`, createdAt: time, usedAt: time, expiresAt: time }),
      )
      await assertKept(storage, {
        users,
        sessions,
        activity: times.map((time) => anEntry({ userId: 'ann', at: time })),
      })
    },
  },
  {
    name: 'versions and epochs are kept up to the largest whole number',
    async run(storage) {
      const user = aUserRecord({ version: Number.MAX_SAFE_INTEGER - 1, sessionEpoch: Number.MAX_SAFE_INTEGER })
      await given(storage, { users: [user], sessions: [aSession({ sessionEpoch: Number.MAX_SAFE_INTEGER })] })
      const next = { ...user, version: Number.MAX_SAFE_INTEGER }
      await storage.commit([{ op: 'replaceUser', user: next, expectedVersion: user.version }])
      assert.deepEqual(await storage.findUser({ id: 'ann' }), next)
      const range = aSessionRange({ sessionEpoch: Number.MAX_SAFE_INTEGER })
      assert.equal((await storage.listSessions('ann', range)).items.length, 1)
    },
  },
  {
    name: 'epochs and versions are told apart whatever their size, on both sides of 2^31 and of 2^32 [B-139]',
    async run(storage) {
      const numbers = [1, 2 ** 31 - 1, 2 ** 31, 2 ** 31 + 1, 2 ** 32, 2 ** 32 + 1, 2 ** 52 + 1]
      const sessions = numbers.map((sessionEpoch) => aSession({ id: `s${sessionEpoch}`, sessionEpoch }))
      const users = numbers.map((number) => aUserRecord({ id: `u${number}`, version: number, sessionEpoch: number }))
      await given(storage, { users: [aUserRecord(), ...users], sessions })
      for (const [index, number] of numbers.entries()) {
        const own = await storage.listSessions('ann', aSessionRange({ sessionEpoch: number }))
        assert.deepEqual(own.items, [sessions[index]])
        assert.deepEqual((await storage.findSession(`hash of s${number}`))?.session, sessions[index])
      }
      assert.deepEqual((await storage.walk('sessions', { limit: 100 })).items, sessions)
      for (const [index, user] of users.entries()) {
        assert.deepEqual(await storage.findUser({ id: user.id }), user)
        for (const other of numbers.toSpliced(index, 1)) {
          await assertConflict(storage, [replaceUser({ ...user, version: other })], 'stale-user')
        }
        await storage.commit([replaceUser(user)])
      }
    },
  },
]
