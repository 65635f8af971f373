import { setImmediate as otherWork } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import { createUsersService, EmailTakenError, IdTakenError, type PasswordHasher } from '../../src/index.js'
import { createTestUsers, insecureHasher } from '../../src/testing/index.js'

const loose = (value: unknown) => value as never

/** Counts what it hashes. */
function countingHasher(): PasswordHasher & { readonly hashed: () => number } {
  let hashed = 0
  const hasher = insecureHasher()
  return {
    ...hasher,
    hash(password) {
      hashed++
      return hasher.hash(password)
    },
    hashed: () => hashed,
  }
}

describe.each([
  { storage: 'memory', make: memoryStorage },
  { storage: 'SQLite', make: () => sqliteStorage(':memory:') },
])('createUser on $storage', ({ make }) => {
  test('answers the user as it is found again', async () => {
    const { users, clock } = createTestUsers({ storage: make() })
    const at = clock.now()
    const made = await users.createUser({
      email: 'Ada@Example.com',
      password: 'correct horse',
      name: 'Ada',
      id: 'ada.1',
      status: 'disabled',
      emailVerified: true,
      prefs: { theme: 'dark', gone: null },
    })
    expect(made).toEqual({
      id: 'ada.1',
      email: 'Ada@Example.com',
      emailVerified: true,
      name: 'Ada',
      status: 'disabled',
      prefs: { theme: 'dark' },
      hasPassword: true,
      passwordUpdatedAt: at,
      createdAt: at,
      updatedAt: at,
    })
    expect(await users.getUser('ada.1')).toEqual(made)
    expect((await users.listUsers()).items).toEqual([made])
  })

  test('needs no more than an email; the user is active then, without name and password', async () => {
    const { users } = createTestUsers({ storage: make() })
    const made = await users.createUser({ email: 'ada@example.com' })
    expect(made).toMatchObject({ name: '', status: 'active', prefs: {}, hasPassword: false, emailVerified: false })
    expect(made).not.toHaveProperty('passwordUpdatedAt')
  })

  test('refuses an email that is taken in any spelling, before it hashes [B-30, B-45]', async () => {
    const passwords = countingHasher()
    const { users, events } = createTestUsers({ storage: make(), passwords })
    await users.createUser({ email: 'A@MÜNCHEN.de' })
    for (const email of ['A@MÜNCHEN.de', 'a@münchen.de', 'a@xn--mnchen-3ya.DE', 'a@mu\u0308nchen.de']) {
      await expect(users.createUser({ email, password: 'correct horse' })).rejects.toThrow(EmailTakenError)
    }
    expect(passwords.hashed()).toBe(0)
    expect(events).toHaveLength(1)
  })

  test('refuses a chosen id that is taken, also by a deleted user [B-14]', async () => {
    const { users, events } = createTestUsers({ storage: make() })
    await users.createUser({ email: 'a@example.com', id: 'ada' })
    await expect(users.createUser({ email: 'b@example.com', id: 'ada' })).rejects.toThrow(IdTakenError)
    await users.deleteUser('ada')
    await expect(users.createUser({ email: 'b@example.com', id: 'ada' })).rejects.toThrow(IdTakenError)
    expect(events.map(({ event }) => event)).toEqual(['user.created', 'user.deleted'])
    await expect(users.createUser({ email: 'a@example.com', id: 'ADA' })).resolves.toMatchObject({ id: 'ADA' })
  })

  test('tries again, with one hash, when a generated id is taken [B-112]', async () => {
    const passwords = countingHasher()
    const ids = ['same', 'entry1', 'same', 'entry2', 'same', 'entry3', 'other', 'entry4']
    const users = createUsersService({ storage: make(), passwords, newId: () => ids.shift() ?? 'none' })
    await users.createUser({ email: 'a@example.com' })
    const second = await users.createUser({ email: 'b@example.com', password: 'correct horse' })
    expect(second.id).toBe('other')
    expect(passwords.hashed()).toBe(1)
    await expect(users.getUser('same')).resolves.toMatchObject({ email: 'a@example.com' })
  })

  test('gives up on a generator that repeats itself, and overwrites nobody [B-112]', async () => {
    const users = createUsersService({ storage: make(), passwords: insecureHasher(), newId: () => 'same' })
    await users.createUser({ email: 'a@example.com' })
    await expect(users.createUser({ email: 'b@example.com' })).rejects.toThrow(IdTakenError)
    expect((await users.listUsers()).items).toMatchObject([{ id: 'same', email: 'a@example.com' }])
  })

  test('lets one of 50 at once have an email [B-45]', async () => {
    const { users, events } = createTestUsers({ storage: make() })
    const calls = Array.from({ length: 50 }, (_, n) =>
      users.createUser({ email: n % 2 ? 'ada@example.com' : 'ADA@EXAMPLE.COM', password: 'correct horse' }),
    )
    const results = await Promise.allSettled(calls)
    const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
    expect(refusals).toHaveLength(49)
    expect(refusals.every((error) => error instanceof EmailTakenError)).toBe(true)
    expect(await users.listUsers({ total: true })).toMatchObject({ total: 1 })
    expect(events).toHaveLength(1)
  })

  test('hashes while no commit is under way and never between the changes of one [B-45]', async () => {
    const storage = make()
    const hasher = insecureHasher()
    let committing = 0
    const overlaps: string[] = []
    const { users } = createTestUsers({
      storage: {
        ...storage,
        async commit(changes) {
          committing++
          await storage.commit(changes)
          committing--
        },
      },
      passwords: {
        ...hasher,
        async hash(password) {
          if (committing > 0) overlaps.push('hash')
          await otherWork()
          if (committing > 0) overlaps.push('hash')
          return hasher.hash(password)
        },
      },
    })
    const { id } = await users.createUser({ email: 'a@example.com', password: 'correct horse' })
    await users.updateUserPassword(id, { password: 'battery staple' })
    await users.verifyUserPassword({ email: 'a@example.com', password: 'battery staple' })
    expect(overlaps).toEqual([])
  })
})

test.each([
  ['email', {}],
  ['email', { email: 'nonsense' }],
  ['email', { email: 1 }],
  ['password', { email: 'a@b.co', password: 'short' }],
  ['password', { email: 'a@b.co', password: 'x'.repeat(257) }],
  ['password', { email: 'a@b.co', password: null }],
  ['name', { email: 'a@b.co', name: 'x\ny' }],
  ['id', { email: 'a@b.co', id: '../../etc' }],
  ['status', { email: 'a@b.co', status: 1 }],
  ['emailVerified', { email: 'a@b.co', emailVerified: 'yes' }],
  ['prefs', { email: 'a@b.co', prefs: [] }],
  ['prefs.a', { email: 'a@b.co', prefs: { a: Number.NaN } }],
  ['prefs', { email: 'a@b.co', prefs: { a: 'x'.repeat(70_000) } }],
  ['passwordHash', { email: 'a@b.co', passwordHash: '$argon2id$' }],
  ['createdAt', { email: 'a@b.co', createdAt: new Date(0) }],
  ['version', { email: 'a@b.co', version: 7 }],
  ['constructor', JSON.parse('{"email":"a@b.co","constructor":1}')],
  ['input', null],
  ['input', 'a@b.co'],
])('createUser refuses by the path %s, without hashing or committing: %j [B-13, B-34a, B-35]', async (path, input) => {
  const passwords = countingHasher()
  const { users, events } = createTestUsers({ passwords })
  await expect(users.createUser(loose(input))).rejects.toMatchObject({ code: 'invalid-input', path })
  expect(passwords.hashed()).toBe(0)
  expect(events).toEqual([])
})

test('the policy of the host refuses a password in its own words, before the hash [B-48]', async () => {
  const passwords = countingHasher()
  const refuse = async (password: string, { email, name }: { email: string; name: string }) =>
    password.includes(name) || email.startsWith(password) ? 'is too easy to guess' : undefined
  const { users } = createTestUsers({ passwords, passwordPolicy: { minLength: 10, refuse } })
  const create = (password: string) => users.createUser({ email: 'someone-real@example.com', name: 'Ada', password })
  for (const password of ['someone-real', 'Ada-Lovelace', '9-letters']) {
    await expect(create(password)).rejects.toMatchObject({ code: 'invalid-input', path: 'password' })
  }
  expect(passwords.hashed()).toBe(0)
  const { id } = await create('correct horse')
  await expect(users.updateUserPassword(id, { password: 'someone-real' })).rejects.toThrow('is too easy to guess')
})
