import { describe, expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import { createUsersService, type UsersStorage } from '../../src/index.js'
import { createTestUsers, insecureHasher } from '../../src/testing/index.js'

const loose = (value: unknown) => value as never
const invalidSession = expect.objectContaining({ code: 'invalid-session' })

describe.each<{ storage: string; make: () => UsersStorage }>([
  { storage: 'memory', make: memoryStorage },
  { storage: 'SQLite', make: () => sqliteStorage(':memory:') },
])('on $storage', ({ make }) => {
  async function setUp() {
    const world = createTestUsers({ storage: make() })
    await world.users.createUser({ email: 'ada@example.com', password: 'correct horse', id: 'ada' })
    await world.users.createUser({ email: 'b@example.com', id: 'b' })
    return world
  }

  test('a session says whose it is, from where it was started and until when it lives [B-56]', async () => {
    const { users, clock } = await setUp()
    const by = { ip: '::ffff:203.0.113.7', userAgent: 'curl/8.5.0\r\nX: y' }
    const { session, secret } = await users.createUserSession('ada', { by })
    const expected = {
      id: expect.stringMatching(/^test\d{16}$/),
      userId: 'ada',
      createdAt: clock.now(),
      usedAt: clock.now(),
      expiresAt: new Date('2026-01-31T00:00:00.000Z'),
      ip: '203.0.113.7',
      userAgent: 'curl/8.5.0  X: y',
    }
    expect(session).toEqual(expected)
    expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(session.id).not.toBe(secret)
    expect(await users.verifyUserSession(secret)).toEqual({ session, user: await users.getUser('ada') })
    const { items } = await users.getUserSessions('ada')
    expect(items).toEqual([{ ...expected, client: expect.objectContaining({}) }])
  })

  test('signIn answers user, session and secret in one', async () => {
    const { users } = await setUp()
    const { user, session, secret } = await users.signIn({ email: 'ADA@example.com', password: 'correct horse' })
    expect(user).toEqual(await users.getUser('ada'))
    expect(await users.verifyUserSession(secret)).toEqual({ user, session })
  })

  test('sessions are listed newest first, a page at a time', async () => {
    const { users } = await setUp()
    const ids: string[] = []
    for (let n = 0; n < 10; n++) ids.unshift((await users.createUserSession('ada')).session.id)
    await users.createUserSession('b')
    const first = await users.getUserSessions('ada', { limit: 6, total: true })
    const rest = await users.getUserSessions('ada', { limit: 6, after: first.next ?? '' })
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(ids)
    expect([first.total, rest.next]).toEqual([10, undefined])
  })

  test('the oldest session ends when the 101st starts [B-57]', async () => {
    const { users } = await setUp()
    const secrets: string[] = []
    for (let n = 0; n < 100; n++) secrets.push((await users.createUserSession('ada')).secret)
    const [oldest = '', second = ''] = secrets
    await expect(users.verifyUserSession(oldest)).resolves.toBeDefined()
    const { secret } = await users.signIn({ email: 'ada@example.com', password: 'correct horse' })
    await expect(users.verifyUserSession(oldest)).rejects.toEqual(invalidSession)
    for (const live of [second, secret]) await expect(users.verifyUserSession(live)).resolves.toBeDefined()
    expect(await users.getUserSessions('ada', { total: true, limit: 0 })).toEqual({ items: [], total: 100 })
  })

  test('a session is ended once; it opens nothing from then on, and others stay [B-53]', async () => {
    const { users } = await setUp()
    const [one, other] = [await users.createUserSession('ada'), await users.createUserSession('ada')]
    const calls = Array.from({ length: 20 }, () => users.deleteUserSession('ada', one.session.id))
    const results = await Promise.allSettled(calls)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(users.deleteUserSession('ada', one.session.id)).rejects.toMatchObject({ code: 'session-not-found' })
    await expect(users.verifyUserSession(one.secret)).rejects.toEqual(invalidSession)
    await expect(users.verifyUserSession(other.secret)).resolves.toBeDefined()
  })

  test('signing out ends the session that the secret opens, and no other', async () => {
    const { users, events } = await setUp()
    const [mine, other] = [await users.createUserSession('ada'), await users.createUserSession('ada')]
    await expect(users.signOut(mine.secret)).resolves.toBeUndefined()
    await expect(users.verifyUserSession(mine.secret)).rejects.toEqual(invalidSession)
    await expect(users.verifyUserSession(other.secret)).resolves.toBeDefined()
    expect(events.at(-1)).toMatchObject({ event: 'session.deleted', details: { sessionId: mine.session.id } })
  })

  test('signing out with a secret that opens nothing is no error, and no event', async () => {
    const { users, events } = await setUp()
    const { secret } = await users.createUserSession('ada')
    await Promise.all([users.signOut(secret), users.signOut(secret), users.signOut(secret)])
    for (const nothing of [secret, 'A'.repeat(43), '', 'x', loose(undefined), loose({})]) {
      await expect(users.signOut(nothing)).resolves.toBeUndefined()
    }
    expect(events.filter(({ event }) => event === 'session.deleted')).toHaveLength(1)
  })

  test('a session of another user counts as none, and stays [B-18]', async () => {
    const { users, events } = await setUp()
    const { session, secret } = await users.createUserSession('b')
    const before = events.length
    for (const id of [session.id, 'nothing', '', '../x', '__proto__', 'x'.repeat(1000)]) {
      const call = users.deleteUserSession('ada', id)
      await expect(call).rejects.toMatchObject({ code: 'session-not-found', sessionId: id })
    }
    for (const id of ['nobody', '', '__proto__']) {
      await expect(users.deleteUserSession(id, session.id)).rejects.toMatchObject({ code: 'user-not-found' })
      await expect(users.deleteUserSession(id, '')).rejects.toMatchObject({ code: 'user-not-found' })
      await expect(users.deleteUserSessions(id)).rejects.toMatchObject({ code: 'user-not-found' })
      await expect(users.getUserSessions(id)).rejects.toMatchObject({ code: 'user-not-found' })
      await expect(users.createUserSession(id)).rejects.toMatchObject({ code: 'user-not-found' })
    }
    await expect(users.verifyUserSession(secret)).resolves.toBeDefined()
    expect(events).toHaveLength(before)
  })

  test('all sessions of one user are ended, also when there are none [B-53]', async () => {
    const { users } = await setUp()
    const mine = [await users.createUserSession('ada'), await users.createUserSession('ada')]
    const other = await users.createUserSession('b')
    await users.deleteUserSessions('ada')
    await expect(users.deleteUserSessions('ada')).resolves.toBeUndefined()
    for (const { secret } of mine) await expect(users.verifyUserSession(secret)).rejects.toEqual(invalidSession)
    await expect(users.verifyUserSession(other.secret)).resolves.toBeDefined()
    await expect(users.createUserSession('ada')).resolves.toBeDefined()
  })

  test('a session id that is taken is generated again, and the call gives up in the end [B-112]', async () => {
    const ids = ['made', 'e1', 's1', 'e2', 's1', 'e3', 's2', 'e4']
    const users = createUsersService({ storage: make(), passwords: insecureHasher(), newId: () => ids.shift() ?? 's1' })
    await users.createUser({ email: 'a@example.com' })
    const one = await users.createUserSession('made')
    const other = await users.createUserSession('made')
    expect([one.session.id, other.session.id]).toEqual(['s1', 's2'])
    await expect(users.createUserSession('made')).rejects.toMatchObject({ code: 'id-taken' })
    await expect(users.verifyUserSession(one.secret)).resolves.toMatchObject({ session: { id: 's1' } })
  })
})

test.each([
  undefined,
  null,
  1,
  {},
  '',
  'x',
  'A'.repeat(43),
  'A'.repeat(44),
  `${'A'.repeat(42)}\n`,
  'A'.repeat(1_000_000),
])('a secret that is none opens nothing', async (secret) => {
  const { users } = createTestUsers()
  await expect(users.verifyUserSession(loose(secret))).rejects.toEqual(invalidSession)
})

test('no input can choose the id or the secret of a session [B-58]', async () => {
  const { users } = createTestUsers()
  await users.createUser({ email: 'ada@example.com', password: 'correct horse', id: 'ada' })
  const forged = { id: 'mine', secret: 'A'.repeat(43) }
  await expect(users.createUserSession('ada', loose(forged))).rejects.toMatchObject({ code: 'invalid-input' })
  const credentials = { email: 'ada@example.com', password: 'correct horse', ...forged }
  await expect(users.signIn(credentials)).rejects.toMatchObject({ code: 'invalid-input', path: 'id' })
  await expect(users.verifyUserSession(forged.secret)).rejects.toEqual(invalidSession)
})
