import { describe, expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import type { UsersStorage } from '../../src/index.js'
import { createTestUsers, insecureHasher } from '../../src/testing/index.js'

const password = 'correct horse'
const loose = (value: unknown) => value as never

const refusals = [
  { who: 'an email that nobody has', email: 'nobody@example.com', password, isKnown: false },
  { who: 'a wrong password', email: 'ada@example.com', password: 'Correct horse', isKnown: true },
  { who: 'a prefix of the password', email: 'ada@example.com', password: 'correct hors', isKnown: true },
  { who: 'an empty password', email: 'ada@example.com', password: '', isKnown: true },
  { who: 'a blocked user with the right password', email: 'blocked@example.com', password, isKnown: true },
  { who: 'a blocked user with a wrong one', email: 'blocked@example.com', password: 'wrong', isKnown: true },
  { who: 'a disabled user with the right password', email: 'disabled@example.com', password, isKnown: true },
  { who: 'a user without a password', email: 'without@example.com', password, isKnown: true },
  { who: 'a deleted user', email: 'deleted@example.com', password, isKnown: false },
  { who: 'a user whose hash is damaged', email: 'damaged@example.com', password, isKnown: true },
]

describe.each<{ storage: string; make: () => UsersStorage }>([
  { storage: 'memory', make: memoryStorage },
  { storage: 'SQLite', make: () => sqliteStorage(':memory:') },
])('on $storage', ({ make }) => {
  async function setUp() {
    const storage = make()
    const hasher = insecureHasher()
    const counts = { reads: 0, verifications: 0, hashes: 0, commits: 0, changes: 0 }
    const world = createTestUsers({
      storage: {
        ...storage,
        findUser(by) {
          counts.reads++
          return storage.findUser(by)
        },
        commit(changes) {
          counts.commits++
          counts.changes += changes.length
          return storage.commit(changes)
        },
      },
      passwords: {
        ...hasher,
        async hash(given) {
          counts.hashes++
          return given === 'damage me' ? 'garbage' : hasher.hash(given)
        },
        verify(hash, given) {
          counts.verifications++
          return hasher.verify(hash, given)
        },
      },
    })
    const { users } = world
    await users.createUser({ email: 'ada@example.com', password })
    await users.createUser({ email: 'blocked@example.com', password, status: 'blocked' })
    await users.createUser({ email: 'disabled@example.com', password, status: 'disabled' })
    await users.createUser({ email: 'without@example.com' })
    await users.createUser({ email: 'damaged@example.com', password: 'damage me' })
    const { id } = await users.createUser({ email: 'deleted@example.com', password })
    await users.deleteUser(id)
    // The first check of a process also makes the hash that stands in for an absent one.
    await users.verifyUserPassword({ email: 'ada@example.com', password })
    Object.assign(counts, { reads: 0, verifications: 0, hashes: 0, commits: 0, changes: 0 })
    return { ...world, counts, before: world.events.length }
  }

  describe.each(['signIn', 'verifyUserPassword'] as const)('%s', (operation) => {
    test.each(refusals)(
      'refuses $who like every other, at the same cost [B-40]',
      async ({ isKnown, who: _, ...credentials }) => {
        const { users, events, counts, before } = await setUp()
        const by = { ip: '203.0.113.7', userAgent: 'curl/8.5.0', actor: 'somebody' }
        const refusal: unknown = await users[operation](credentials, { by }).catch((error: unknown) => error)
        expect(refusal).toMatchObject({ code: 'invalid-credentials', name: 'InvalidCredentialsError' })
        expect({ ...Object(refusal) }).toEqual({ code: 'invalid-credentials', name: 'InvalidCredentialsError' })
        expect(String(refusal)).toBe(
          'InvalidCredentialsError: the email or the password is wrong, or the user may not sign in',
        )
        expect(counts).toEqual({ reads: 1, verifications: 1, hashes: 0, commits: 1, changes: 1 })
        const entries = events.slice(before)
        expect(entries).toMatchObject([{ event: 'sign-in.failed', ...by }])
        expect(entries.map(({ userId }) => userId !== undefined)).toEqual([isKnown])
        expect(JSON.stringify(entries)).not.toContain(credentials.email)
      },
    )

    test.each([
      ['email', { email: 'nonsense', password }],
      ['email', { password }],
      ['password', { email: 'ada@example.com' }],
      ['password', { email: 'ada@example.com', password: 'x'.repeat(257) }],
      ['password', { email: 'ada@example.com', password: 'x\ud800' }],
      ['password', { email: 'ada@example.com', password: ['x'] }],
      ['userId', { email: 'ada@example.com', password, userId: 'forged' }],
      ['input', undefined],
    ])('refuses by the path %s before it reads, checks or writes: %j [B-34a, B-35]', async (path, credentials) => {
      const { users, counts } = await setUp()
      await expect(users[operation](loose(credentials))).rejects.toMatchObject({ code: 'invalid-input', path })
      expect(counts).toEqual({ reads: 0, verifications: 0, hashes: 0, commits: 0, changes: 0 })
    })

    test('knows a password in any normal form, and nothing else like it [B-37]', async () => {
      const { users } = await setUp()
      await users.createUser({ email: 'b@example.com', password: 'passwörd' })
      for (const same of ['passwörd', 'passwo\u0308rd']) {
        await expect(users[operation]({ email: 'B@EXAMPLE.com', password: same })).resolves.toBeDefined()
      }
      for (const other of ['Passwörd', 'password', 'passwörd ', 'passwoerd']) {
        await expect(users[operation]({ email: 'b@example.com', password: other })).rejects.toThrow()
      }
    })
  })

  test('a user who is deleted during the check is refused like everybody else', async () => {
    const storage = make()
    const hasher = insecureHasher()
    let during = async () => {}
    const { users } = createTestUsers({
      storage,
      passwords: {
        ...hasher,
        async verify(hash, given) {
          await during()
          return hasher.verify(hash, given)
        },
      },
    })
    for (const given of [password, 'wrong']) {
      const { id, email } = await users.createUser({ email: 'ada@example.com', password })
      during = () => users.deleteUser(id)
      await expect(users.signIn({ email, password: given })).rejects.toMatchObject({ code: 'invalid-credentials' })
    }
  })
})
