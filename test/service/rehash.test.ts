import { expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { type PasswordHasher, StorageConflict, StorageFailedError, type UsersStorage } from '../../src/index.js'
import { createTestUsers } from '../../src/testing/index.js'

const ada = { email: 'ada@example.com', password: 'correct horse' }

/** A hasher whose hashes say of which generation they are; an older one needs to be made anew. */
function ageingHasher(): PasswordHasher & { generation: number; hashed: number } {
  const hasher = {
    generation: 1,
    hashed: 0,
    async hash(password: string) {
      hasher.hashed++
      return `${hasher.generation}:${password}`
    },
    verify: async (hash: string, password: string) => hash.slice(2) === password,
    needsRehash: (hash: string) => !hash.startsWith(`${hasher.generation}:`),
  }
  return hasher
}

async function setUp(wrap: (storage: UsersStorage) => Partial<UsersStorage> = () => ({})) {
  const storage = memoryStorage()
  const passwords = ageingHasher()
  const warnings: string[] = []
  const logger = { warn: (_: object, message: string) => warnings.push(message), error: () => {} }
  const world = createTestUsers({ storage: { ...storage, ...wrap(storage) }, passwords, logger })
  await world.users.createUser({ ...ada, id: 'ada' })
  await world.users.verifyUserPassword(ada)
  passwords.generation = 2
  passwords.hashed = 0
  const hash = async () => (await storage.findUser({ id: 'ada' }))?.passwordHash
  return { ...world, passwords, warnings, hash, storage }
}

test('a hash of older parameters is replaced once, by the next sign-in [B-46]', async () => {
  const { users, passwords, hash, events, warnings } = await setUp()
  const before = events.length
  expect(await hash()).toBe('1:correct horse')
  await users.verifyUserPassword(ada)
  expect(await hash()).toBe('2:correct horse')
  const { secret } = await users.signIn(ada)
  expect(passwords.hashed).toBe(1)
  await expect(users.verifyUserSession(secret)).resolves.toBeDefined()
  expect(events.slice(before).map(({ event }) => event)).toEqual(['session.created'])
  expect(warnings).toEqual([])
})

test('a wrong password replaces no hash [B-46]', async () => {
  const { users, passwords, hash } = await setUp()
  await expect(users.verifyUserPassword({ ...ada, password: 'wrong' })).rejects.toThrow()
  await users.updateUserStatus('ada', { status: 'blocked' })
  await expect(users.verifyUserPassword(ada)).rejects.toThrow()
  expect(await hash()).toBe('1:correct horse')
  expect(passwords.hashed).toBe(0)
})

test('a rehash ends no session, not even the one that it belongs to [B-46]', async () => {
  const { users } = await setUp()
  const earlier = await users.createUserSession('ada')
  const { secret } = await users.signIn(ada)
  for (const alive of [earlier.secret, secret]) await expect(users.verifyUserSession(alive)).resolves.toBeDefined()
})

test('a password that is set during a rehash wins [B-46]', async () => {
  const { users, passwords, hash } = await setUp()
  const make = passwords.hash
  let changed: Promise<unknown> | undefined
  passwords.hash = async (password) => {
    passwords.hash = make
    changed = users.updateUserPassword('ada', { password: 'battery staple' })
    await changed
    return make(password)
  }
  const { secret } = await users.signIn(ada)
  await changed
  expect(await hash()).toBe('2:battery staple')
  await expect(users.verifyUserSession(secret)).rejects.toMatchObject({ code: 'invalid-session' })
  await expect(users.verifyUserPassword({ ...ada, password: 'battery staple' })).resolves.toBeDefined()
})

test('sign-ins at once leave one good hash [B-46]', async () => {
  const { users, hash, warnings } = await setUp()
  await Promise.all(Array.from({ length: 10 }, () => users.signIn(ada)))
  expect(await hash()).toBe('2:correct horse')
  expect(warnings).toEqual([])
})

test.each([
  ['fails to be written', new StorageFailedError('full')],
  ['meets another writer', new StorageConflict('stale-user')],
])('a rehash that %s is logged, and the sign-in goes on [B-46]', async (_, failure) => {
  const { users, hash, warnings } = await setUp((storage) => ({
    async commit(changes) {
      if (changes.some(({ op }) => op === 'replaceUser')) throw failure
      await storage.commit(changes)
    },
  }))
  const { secret } = await users.signIn(ada)
  await expect(users.verifyUserSession(secret)).resolves.toBeDefined()
  expect(await hash()).toBe('1:correct horse')
  expect(warnings).toEqual([expect.stringContaining('could not be rehashed')])
})

test('a rehash that fails is logged, and the sign-in continues [B-46]', async () => {
  const { users, passwords, warnings } = await setUp()
  passwords.hash = () => Promise.reject(new Error('no memory'))
  await expect(users.signIn(ada)).resolves.toBeDefined()
  expect(warnings).toHaveLength(1)
})
