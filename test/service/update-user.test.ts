import { describe, expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import { hashSessionSecret } from '../../src/domain/session.js'
import { EmailTakenError, InvalidCredentialsError, InvalidSessionError, type UsersStorage } from '../../src/index.js'
import { createTestUsers } from '../../src/testing/index.js'

const loose = (value: unknown) => value as never
const ada = { email: 'ada@example.com', password: 'correct horse' }

describe.each<{ storage: string; make: () => UsersStorage }>([
  { storage: 'memory', make: memoryStorage },
  { storage: 'SQLite', make: () => sqliteStorage(':memory:') },
])('on $storage', ({ make }) => {
  async function setUp() {
    const storage = make()
    const world = createTestUsers({ storage })
    const { users } = world
    await users.createUser({ ...ada, id: 'ada', prefs: { theme: 'dark', size: 1 } })
    const sessions = await Promise.all([users.createUserSession('ada'), users.createUserSession('ada')])
    const secrets = sessions.map(({ secret }) => secret)
    /** What is stored of the sessions, alive or not. */
    const stored = () => Promise.all(secrets.map((secret) => storage.findSession(hashSessionSecret(secret))))
    return { ...world, secrets, stored }
  }

  test.each(['blocked', 'disabled'] as const)(
    'the status %s ends all sessions at once, and for ever [B-50]',
    async (status) => {
      const { users, secrets, stored } = await setUp()
      expect(await users.updateUserStatus('ada', { status })).toMatchObject({ id: 'ada', status })
      expect(await stored()).toEqual([undefined, undefined])
      for (const secret of secrets) await expect(users.verifyUserSession(secret)).rejects.toThrow(InvalidSessionError)
      expect((await users.getUserSessions('ada')).items).toEqual([])
      await expect(users.signIn(ada)).rejects.toThrow(InvalidCredentialsError)
      await expect(users.createUserSession('ada')).rejects.toMatchObject({ code: 'user-not-active', userId: 'ada' })

      await users.updateUserStatus('ada', { status: 'active' })
      for (const secret of secrets) await expect(users.verifyUserSession(secret)).rejects.toThrow(InvalidSessionError)
      expect((await users.getUserSessions('ada')).items).toEqual([])
      const { secret } = await users.signIn(ada)
      await expect(users.verifyUserSession(secret)).resolves.toMatchObject({ user: { status: 'active' } })
    },
  )

  test('a new password ends all sessions, and the old one lets nobody in [B-54]', async () => {
    const { users, clock, secrets, stored } = await setUp()
    clock.advance(1000)
    const changed = await users.updateUserPassword('ada', { password: 'battery staple' })
    expect(changed).toMatchObject({ hasPassword: true, passwordUpdatedAt: clock.now(), updatedAt: clock.now() })
    expect(await stored()).toEqual([undefined, undefined])
    for (const secret of secrets) await expect(users.verifyUserSession(secret)).rejects.toThrow(InvalidSessionError)
    await expect(users.signIn(ada)).rejects.toThrow(InvalidCredentialsError)
    await expect(users.signIn({ ...ada, password: 'battery staple' })).resolves.toBeDefined()
  })

  test('a user without a password can be given one', async () => {
    const { users } = await setUp()
    const { id, email } = await users.createUser({ email: 'b@example.com' })
    await expect(users.verifyUserPassword({ email, password: '' })).rejects.toThrow(InvalidCredentialsError)
    await users.updateUserPassword(id, { password: 'battery staple' })
    await expect(users.verifyUserPassword({ email, password: 'battery staple' })).resolves.toMatchObject({ id })
  })

  test('name, email and preferences leave the sessions alone', async () => {
    const { users, clock, secrets } = await setUp()
    clock.advance(1)
    expect(await users.updateUserName('ada', { name: 'Ada L' })).toMatchObject({
      name: 'Ada L',
      updatedAt: clock.now(),
    })
    await users.updateUserPrefs('ada', { prefs: { a: 1 } })
    await users.updateUserEmail('ada', { email: 'al@example.com' })
    for (const secret of secrets) await expect(users.verifyUserSession(secret)).resolves.toBeDefined()
  })

  test('a new email is found, unverified, and frees the old one', async () => {
    const { users } = await setUp()
    await users.createUser({ email: 'b@example.com', id: 'b', emailVerified: true })
    await expect(users.updateUserEmail('b', { email: 'ADA@example.com' })).rejects.toThrow(EmailTakenError)
    expect(await users.getUser('b')).toMatchObject({ email: 'b@example.com', emailVerified: true })
    const changed = await users.updateUserEmail('b', { email: 'B@Example.com' })
    expect(changed).toMatchObject({ email: 'B@Example.com', emailVerified: false })
    await users.updateUserEmail('b', { email: 'c@example.com' })
    await expect(users.createUser({ email: 'b@example.com' })).resolves.toBeDefined()
    expect((await users.listUsers({ search: 'c@ex' })).items).toMatchObject([{ id: 'b' }])
  })

  test('preferences are merged at the top level, and all of them are answered', async () => {
    const { users } = await setUp()
    const merged = await users.updateUserPrefs('ada', { prefs: { size: null, list: [1, { a: null }] } })
    expect(merged).toEqual({ theme: 'dark', list: [1, { a: null }] })
    expect(await users.getUserPrefs('ada')).toEqual(merged)
    expect(await users.updateUserPrefs('ada', { prefs: {} })).toEqual(merged)
  })

  test('preferences are limited after the merge, and a refused merge changes nothing [B-67]', async () => {
    const { users, events } = await setUp()
    await users.updateUserPrefs('ada', { prefs: { a: 'x'.repeat(40_000) } })
    const before = events.length
    const more = users.updateUserPrefs('ada', { prefs: { b: 'x'.repeat(40_000) } })
    await expect(more).rejects.toMatchObject({ code: 'invalid-input', path: 'prefs' })
    expect(await users.getUserPrefs('ada')).not.toHaveProperty('b')
    expect(events).toHaveLength(before)
  })

  test('a clock that goes back does not take updatedAt back [B-111]', async () => {
    const { users, clock } = await setUp()
    const { updatedAt } = await users.getUser('ada')
    clock.advance(-3_600_000)
    expect(await users.updateUserName('ada', { name: 'Ada L' })).toMatchObject({ updatedAt })
  })

  test('two changes at once both happen', async () => {
    const { users } = await setUp()
    await Promise.all([
      users.updateUserName('ada', { name: 'Ada L' }),
      users.updateUserStatus('ada', { status: 'blocked' }),
      users.updateUserEmail('ada', { email: 'al@example.com' }),
      users.updateUserPassword('ada', { password: 'battery staple' }),
    ])
    expect(await users.getUser('ada')).toMatchObject({ name: 'Ada L', status: 'blocked', email: 'al@example.com' })
  })

  test('every change refuses a user who is not there [B-25]', async () => {
    const { users, events } = await setUp()
    const before = events.length
    for (const id of ['nobody', '', '../ada', '__proto__']) {
      for (const call of [
        users.updateUserStatus(id, { status: 'active' }),
        users.updateUserPrefs(id, { prefs: { a: 1 } }),
        users.updateUserName(id, { name: 'x' }),
        users.updateUserEmail(id, { email: 'x@example.com' }),
        users.updateUserPassword(id, { password: 'battery staple' }),
        users.deleteUser(id),
      ]) {
        await expect(call).rejects.toMatchObject({ code: 'user-not-found', userId: id })
      }
    }
    expect(events).toHaveLength(before)
  })
})

test.each([
  ['updateUserStatus', 'status', { status: 'BLOCKED' }],
  ['updateUserStatus', 'status', { status: 2 }],
  ['updateUserStatus', 'status', {}],
  ['updateUserStatus', 'input', undefined],
  ['updateUserStatus', 'sessionEpoch', { status: 'active', sessionEpoch: 1 }],
  ['updateUserPrefs', 'prefs', { prefs: '{}' }],
  ['updateUserPrefs', 'prefs', {}],
  ['updateUserPrefs', 'prefs.__proto__', { prefs: JSON.parse('{"__proto__":{"polluted":1}}') }],
  ['updateUserPrefs', 'theme', { prefs: {}, theme: 'dark' }],
  ['updateUserName', 'name', { name: 'x'.repeat(129) }],
  ['updateUserName', 'name', { name: null }],
  ['updateUserName', 'email', { name: 'Ada', email: 'x@example.com' }],
  ['updateUserEmail', 'email', { email: 'x' }],
  ['updateUserEmail', 'emailVerified', { email: 'x@example.com', emailVerified: true }],
  ['updateUserPassword', 'password', { password: '1234567' }],
  ['updateUserPassword', 'password', { password: 'x'.repeat(257) }],
  ['updateUserPassword', 'password', { password: 'password\ud800' }],
  ['updateUserPassword', 'oldPassword', { password: 'battery staple', oldPassword: 'x' }],
] as const)('%s refuses by the path %s: %j [B-13, B-34a]', async (operation, path, input) => {
  const { users, events } = createTestUsers()
  await users.createUser({ ...ada, id: 'ada' })
  await expect(users[operation]('ada', loose(input))).rejects.toMatchObject({ code: 'invalid-input', path })
  expect(events).toHaveLength(1)
})
