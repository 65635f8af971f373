import { describe, expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import { InvalidCredentialsError, StorageFailedError, type UsersService, type UsersStorage } from '../../src/index.js'
import { createTestUsers } from '../../src/testing/index.js'

const by = { actor: 'admin-1', ip: '::ffff:203.0.113.7', userAgent: 'curl/8.5.0' }
const origin = { actor: 'admin-1', ip: '203.0.113.7', userAgent: 'curl/8.5.0' }
const ada = { email: 'ada@example.com', password: 'correct horse', id: 'ada' }

interface Mutation {
  readonly name: string
  readonly event: string
  readonly details?: object
  /** Does it to Ada, who has one session. */
  readonly run: (users: UsersService, sessionId: string, secret: string) => Promise<unknown>
}

const mutations: readonly Mutation[] = [
  { name: 'createUser', event: 'user.created', run: (users) => users.createUser({ email: 'b@example.com' }, { by }) },
  {
    name: 'updateUserStatus',
    event: 'user.status-updated',
    details: { status: 'blocked' },
    run: (users) => users.updateUserStatus('ada', { status: 'blocked' }, { by }),
  },
  {
    name: 'updateUserPrefs',
    event: 'user.prefs-updated',
    details: { keys: ['theme', 'gone'] },
    run: (users) => users.updateUserPrefs('ada', { prefs: { theme: 'dark', gone: null } }, { by }),
  },
  {
    name: 'updateUserName',
    event: 'user.name-updated',
    run: (users) => users.updateUserName('ada', { name: 'Ada' }, { by }),
  },
  {
    name: 'updateUserEmail',
    event: 'user.email-updated',
    run: (users) => users.updateUserEmail('ada', { email: 'ada@example.org' }, { by }),
  },
  {
    name: 'updateUserPassword',
    event: 'user.password-updated',
    run: (users) => users.updateUserPassword('ada', { password: 'battery staple' }, { by }),
  },
  { name: 'deleteUser', event: 'user.deleted', run: (users) => users.deleteUser('ada', { by }) },
  {
    name: 'createUserSession',
    event: 'session.created',
    details: { sessionId: expect.any(String) },
    run: (users) => users.createUserSession('ada', { by }),
  },
  {
    name: 'deleteUserSession',
    event: 'session.deleted',
    details: { sessionId: expect.any(String) },
    run: (users, sessionId) => users.deleteUserSession('ada', sessionId, { by }),
  },
  {
    name: 'signOut',
    event: 'session.deleted',
    details: { sessionId: expect.any(String) },
    run: (users, _, secret) => users.signOut(secret, { by }),
  },
  {
    name: 'deleteUserSessions',
    event: 'session.all-deleted',
    run: (users) => users.deleteUserSessions('ada', { by }),
  },
  {
    name: 'signIn',
    event: 'session.created',
    details: { sessionId: expect.any(String) },
    run: (users) => users.signIn({ email: ada.email, password: ada.password }, { by }),
  },
  {
    name: 'recordUserActivity',
    event: 'shop.order-placed',
    details: { order: 7 },
    run: (users) => users.recordUserActivity('ada', { event: 'shop.order-placed', details: { order: 7 } }, { by }),
  },
  {
    name: 'signIn, refused,',
    event: 'sign-in.failed',
    run: (users) => users.signIn({ email: ada.email, password: 'wrong' }, { by }).catch(onlyRefusals),
  },
  {
    name: 'verifyUserPassword, refused,',
    event: 'sign-in.failed',
    run: (users) => users.verifyUserPassword({ email: ada.email, password: 'wrong' }, { by }).catch(onlyRefusals),
  },
]

function onlyRefusals(error: unknown): void {
  if (!(error instanceof InvalidCredentialsError)) throw error
}

async function everythingOf(users: UsersService): Promise<unknown> {
  return {
    users: await users.listUsers({ total: true }),
    sessions: await users.getUserSessions('ada', { total: true }),
    logs: await users.getUserLogs('ada', { total: true }),
  }
}

describe.each<{ storage: string; make: () => UsersStorage }>([
  { storage: 'memory', make: memoryStorage },
  { storage: 'SQLite', make: () => sqliteStorage(':memory:') },
])('on $storage', ({ make }) => {
  async function setUp() {
    const storage = make()
    const state = { commits: 0, isFailing: false }
    const spied: UsersStorage = {
      ...storage,
      async commit(changes) {
        state.commits++
        if (!state.isFailing) return storage.commit(changes)
        // All changes are applied before the last one fails.
        const impossible = { op: 'deleteSession', userId: 'nobody', sessionId: 'none' } as const
        await storage.commit([...changes, impossible]).catch((cause: unknown) => {
          throw new StorageFailedError('unknown', { cause })
        })
      },
    }
    const { users, events } = createTestUsers({ storage: spied })
    await users.createUser({ ...ada, prefs: { gone: 1 } })
    const { session, secret } = await users.createUserSession('ada')
    state.commits = 0
    return { users, events, state, secret, sessionId: session.id, before: events.length }
  }

  test.each(mutations)(
    '$name makes one commit, with one entry that tells who, from where and what [B-62]',
    async (mutation) => {
      const { users, events, state, sessionId, secret, before } = await setUp()
      await mutation.run(users, sessionId, secret)
      expect(state.commits).toBe(1)
      expect(events.slice(before)).toEqual([
        {
          id: expect.any(String),
          event: mutation.event,
          userId: expect.any(String),
          at: new Date('2026-01-01T00:00:00.000Z'),
          ...origin,
          ...(mutation.details && { details: mutation.details }),
        },
      ])
      if (mutation.event === 'user.deleted') return
      const about = events.at(-1)?.userId ?? ''
      const { items } = await users.getUserLogs(about, { limit: 1 })
      expect(items).toMatchObject([events.at(-1) ?? {}])
    },
  )

  test.each(mutations)('$name changes and tells nothing when its commit fails [B-62]', async ({ run }) => {
    const { users, events, state, secret, sessionId, before } = await setUp()
    const then = await everythingOf(users)
    state.isFailing = true
    await expect(run(users, sessionId, secret)).rejects.toThrow(StorageFailedError)
    state.isFailing = false
    expect(await everythingOf(users)).toEqual(then)
    expect(events).toHaveLength(before)
    await expect(users.verifyUserSession(secret)).resolves.toMatchObject({ user: { id: 'ada' } })
    await expect(users.verifyUserPassword(ada)).rejects.toMatchObject({ code: 'invalid-input', path: 'id' })
    await expect(users.verifyUserPassword({ email: ada.email, password: ada.password })).resolves.toBeDefined()
  })

  test('what changes nothing makes no commit [B-25]', async () => {
    const { users, events, state, secret, before } = await setUp()
    await users.updateUserStatus('ada', { status: 'active' }, { by })
    await users.updateUserPrefs('ada', { prefs: { gone: 1, absent: null } }, { by })
    await users.updateUserName('ada', { name: '' }, { by })
    await users.updateUserEmail('ada', { email: ada.email }, { by })
    await users.verifyUserPassword({ email: ada.email, password: ada.password }, { by })
    await users.verifyUserSession(secret, { by })
    await users.signOut('A'.repeat(43), { by })
    await users.findUserByEmail(ada.email, { by })
    await users.listUsers({}, { by })
    await users.getUser('ada', { by })
    await users.getUserPrefs('ada', { by })
    await users.getUserSessions('ada', {}, { by })
    await users.getUserLogs('ada', {}, { by })
    await users.sweep({}, { by })
    expect(state.commits).toBe(0)
    expect(events).toHaveLength(before)
  })

  test('an entry of preferences names the settings, at most 50 of them, and never a value [B-62]', async () => {
    const { users, events } = await setUp()
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`${'k'.repeat(70)}${n}`, 'private']))
    await users.updateUserPrefs('ada', { prefs: many })
    const { keys } = events.at(-1)?.details ?? {}
    expect(keys).toEqual(Array.from({ length: 50 }, () => 'k'.repeat(64)))
    expect(JSON.stringify(events)).not.toContain('private')
  })
})
