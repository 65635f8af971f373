import { expect, test } from 'vitest'
import { hashSessionSecret } from '../../src/domain/session.js'
import { type CallOptions, createUsersService } from '../../src/index.js'
import { createTestUsers, insecureHasher } from '../../src/testing/index.js'
import { onEveryStorage } from './on-every-storage.js'

const invalidSession = expect.objectContaining({ code: 'invalid-session' })
const ada = { email: 'ada@example.com', password: 'correct horse', id: 'ada' }
const login = { email: ada.email, password: ada.password }

onEveryStorage((make) => {
  async function setUp() {
    const storage = await make()
    const world = createTestUsers({ storage })
    await world.users.createUser(ada)
    const secrets = [(await world.users.createUserSession('ada')).secret, (await world.users.signIn(login)).secret]
    async function expectNoneLives(): Promise<void> {
      for (const secret of secrets) await expect(world.users.verifyUserSession(secret)).rejects.toEqual(invalidSession)
      expect(await world.users.getUserSessions('ada', { total: true })).toEqual({ items: [], total: 0 })
    }
    return { ...world, storage, secrets, expectNoneLives }
  }

  test.each(['blocked', 'disabled'] as const)(
    'a user who is %s holds no session, gets none, and has none back when active again [B-50]',
    async (status) => {
      const { users, expectNoneLives } = await setUp()
      await users.updateUserStatus('ada', { status })
      await expectNoneLives()
      await expect(users.createUserSession('ada')).rejects.toMatchObject({ code: 'user-not-active' })
      await expect(users.signIn(login)).rejects.toMatchObject({ code: 'invalid-credentials' })
      await users.updateUserStatus('ada', { status: 'active' })
      await expectNoneLives()
      const { secret } = await users.signIn(login)
      await expect(users.verifyUserSession(secret)).resolves.toMatchObject({ user: { id: 'ada' } })
    },
  )

  test('a new password ends every session, whoever sets it and without being asked to [B-54]', async () => {
    const { users, expectNoneLives } = await setUp()
    await users.updateUserPassword('ada', { password: 'battery staple' }, { by: { actor: 'an admin' } })
    await expectNoneLives()
    await expect(users.signIn(login)).rejects.toMatchObject({ code: 'invalid-credentials' })
    await expect(users.signIn({ ...login, password: 'battery staple' })).resolves.toBeDefined()
  })

  test('of a secret only its SHA-256 is stored, and no answer after the first one has it [B-56]', async () => {
    const { users, storage, secrets } = await setUp()
    const stored = JSON.stringify([
      await storage.walk('sessions', { limit: 10 }),
      await storage.walk('activity', { limit: 10 }),
    ])
    const answers = JSON.stringify([
      await users.getUserSessions('ada'),
      await users.getUserLogs('ada'),
      await users.verifyUserSession(secrets[0] ?? ''),
    ])
    for (const secret of secrets) {
      expect(stored).toContain(hashSessionSecret(secret))
      expect(stored).not.toContain(secret)
      expect(answers).not.toContain(secret)
      expect(answers).not.toContain(hashSessionSecret(secret))
    }
  })

  test('neither an input nor the id of a session opens one or chooses the next one [B-58]', async () => {
    const { users, secrets } = await setUp()
    const { items } = await users.getUserSessions('ada')
    for (const { id } of items) await expect(users.verifyUserSession(id)).rejects.toEqual(invalidSession)
    const forged = { id: 'mine', secret: secrets[0] ?? '', sessionId: 'mine' }
    // What a caller without types might try.
    const options = { by: {}, ...forged } as CallOptions
    await expect(users.createUserSession('ada', options)).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(users.signIn({ ...login, ...forged })).rejects.toMatchObject({ code: 'invalid-input' })
    const next = await users.createUserSession('ada')
    expect(secrets).not.toContain(next.secret)
    expect((await users.getUserSessions('ada', { total: true })).total).toBe(3)
  })

  test('a session ends at the millisecond at which it expires, and never comes back [B-55]', async () => {
    let time = Date.UTC(2026, 0, 1)
    const users = createUsersService({
      storage: await make(),
      passwords: insecureHasher(),
      sessions: { lifetimeMs: 1000 },
      now: () => new Date(time),
    })
    await users.createUser(ada)
    const { secret } = await users.createUserSession('ada')
    time += 999
    await expect(users.verifyUserSession(secret)).resolves.toBeDefined()
    time += 1
    await expect(users.verifyUserSession(secret)).rejects.toEqual(invalidSession)
    expect((await users.getUserSessions('ada')).items).toEqual([])
    expect(await users.sweep()).toEqual({ sessions: 1, tokens: 0, activity: 0 })
    time -= 3_600_000
    await expect(users.verifyUserSession(secret)).rejects.toEqual(invalidSession)
    time += 10 * 365 * 24 * 3_600_000
    await expect(users.verifyUserSession(secret)).rejects.toEqual(invalidSession)
    await expect(users.createUserSession('ada')).resolves.toBeDefined()
  })
})
