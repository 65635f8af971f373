import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import { hashSessionSecret, newSessionSecret } from '../../src/domain/session.js'
import { argon2id, StorageFailedError, type UsersService, type UsersStorage } from '../../src/index.js'
import { createTestUsers } from '../../src/testing/index.js'

const passwords = ['first-Pa55word', 'second-Pa55word', 'wrong-Pa55word', 'short-P']

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rollbook-secrecy-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Everything that can be seen of a value: enumerable or not, at any depth, in causes and stacks. */
function allOf(value: unknown): string {
  const text = inspect(value, { showHidden: true, depth: null, maxStringLength: null, maxArrayLength: null })
  const causes: string[] = []
  for (let error = value; error instanceof Error; error = error.cause) {
    causes.push(error.message, error.stack ?? '', JSON.stringify(error))
  }
  return [text, JSON.stringify(value) ?? '', ...causes].join('\n')
}

/** Runs every operation, well and badly, and answers each result and each error by the name of its operation. */
async function runAll(users: UsersService) {
  const seen: { name: string; value: unknown }[] = []
  const secrets: string[] = []
  const [first = '', second = '', wrong = '', short = ''] = passwords
  const credentials = { email: 'ada@example.com', password: first }

  async function noted<T>(name: string, call: Promise<T>): Promise<T | undefined> {
    const [result] = await Promise.allSettled([call])
    const value = result.status === 'fulfilled' ? result.value : result.reason
    seen.push({ name, value })
    return result.status === 'fulfilled' ? result.value : undefined
  }
  async function started(name: string, call: ReturnType<UsersService['createUserSession']>) {
    const [result] = await Promise.allSettled([call])
    if (result.status === 'rejected') return seen.push({ name, value: result.reason })
    const { secret, ...rest } = result.value
    secrets.push(secret)
    return seen.push({ name, value: rest })
  }

  await noted('createUser', users.createUser({ ...credentials, id: 'ada', name: 'Ada' }))
  await noted('createUser', users.createUser(credentials))
  await noted('createUser', users.createUser({ email: 'b@example.com', password: short }))
  await noted('createUser', users.createUser({ email: 'nonsense', password: first, id: '!' }))
  await started('signIn', users.signIn(credentials))
  await started('signIn', users.signIn({ ...credentials, password: wrong }))
  await started('createUserSession', users.createUserSession('ada'))
  await started('createUserSession', users.createUserSession('nobody'))
  await noted('verifyUserPassword', users.verifyUserPassword(credentials))
  await noted('verifyUserPassword', users.verifyUserPassword({ ...credentials, password: wrong }))
  await noted('verifyUserSession', users.verifyUserSession(secrets[0] ?? newSessionSecret()))
  secrets.push(newSessionSecret())
  await noted('verifyUserSession', users.verifyUserSession(secrets.at(-1) ?? ''))
  await noted('updateUserName', users.updateUserName('ada', { name: 'Ada L' }))
  await noted('updateUserEmail', users.updateUserEmail('ada', { email: 'ada@example.org' }))
  await noted('updateUserPrefs', users.updateUserPrefs('ada', { prefs: { theme: 'dark' } }))
  await noted('listUsers', users.listUsers({ total: true }))
  await noted('getUser', users.getUser('ada'))
  await noted('findUserByEmail', users.findUserByEmail('ada@example.org'))
  await noted('getUserPrefs', users.getUserPrefs('ada'))
  await noted('getUserSessions', users.getUserSessions('ada'))
  await noted('deleteUserSession', users.deleteUserSession('ada', secrets[0] ?? ''))
  await noted('updateUserPassword', users.updateUserPassword('ada', { password: short }))
  await noted('updateUserPassword', users.updateUserPassword('ada', { password: second }))
  await noted('updateUserPassword', users.updateUserPassword('nobody', { password: second }))
  await noted('updateUserStatus', users.updateUserStatus('ada', { status: 'blocked' }))
  await started('createUserSession', users.createUserSession('ada'))
  await noted('signOut', users.signOut(secrets[0] ?? ''))
  await noted('deleteUserSessions', users.deleteUserSessions('ada'))
  await noted('recordUserActivity', users.recordUserActivity('ada', { event: 'x' }))
  await noted('getUserLogs', users.getUserLogs('ada'))
  await noted('sweep', users.sweep())
  return { seen, secrets }
}

/** Hides the one thing that the caller passed in as an id, so that a search for secrets means something. */
function expectNothingSecret(seen: readonly { name: string; value: unknown }[], secrets: readonly string[]): void {
  for (const { name, value } of seen) {
    const text = allOf(value)
    for (const password of passwords) expect(text, name).not.toContain(password)
    for (const secret of secrets) expect(text, name).not.toContain(hashSessionSecret(secret))
    if (name !== 'deleteUserSession') for (const secret of secrets) expect(text, name).not.toContain(secret)
    expect(text, name).not.toMatch(/argon2|passwordHash|secretHash|sessionEpoch|emailKey|searchText/)
  }
}

describe.each<{ storage: string; make: () => UsersStorage }>([
  { storage: 'memory', make: memoryStorage },
  { storage: 'SQLite', make: () => sqliteStorage(':memory:') },
])('on $storage', ({ make }) => {
  test('no result, error or event has a password, a hash or a secret in it, at any depth [B-12, B-56]', async () => {
    const { users, events } = createTestUsers({ storage: make(), passwords: argon2id() })
    const { seen, secrets } = await runAll(users)
    expect(secrets).toHaveLength(3)
    expect(new Set(seen.map(({ name }) => name)).size).toBe(21)
    expectNothingSecret(seen, secrets)
    expectNothingSecret([{ name: 'events', value: events }], secrets)
  })

  test('no error of a failing storage has one either [B-12, B-61]', async () => {
    const storage = make()
    const logged: unknown[] = []
    let failing = false
    const { users } = createTestUsers({
      storage: {
        ...storage,
        async commit(changes) {
          if (failing) throw new StorageFailedError('full', { cause: new Error('disk is full') })
          await storage.commit(changes)
        },
      },
      passwords: argon2id(),
      logger: { warn: (...line) => logged.push(line), error: (...line) => logged.push(line) },
    })
    await users.createUser({ email: 'ada@example.com', password: passwords[0] ?? '', id: 'ada' })
    failing = true
    const { seen, secrets } = await runAll(users)
    expect(seen.some(({ value }) => value instanceof StorageFailedError)).toBe(true)
    expectNothingSecret([...seen, ...logged.map((value) => ({ name: 'log', value }))], secrets)
  })
})

test('the database file and its journal hold no password and no secret, and the hashes say how they were made [B-47, B-56]', async () => {
  const { users } = createTestUsers({ storage: sqliteStorage(path.join(folder, 'users.db')), passwords: argon2id() })
  const { secrets } = await runAll(users)
  // What is ended is overwritten: this one lives.
  const { id } = await users.createUser({ email: 'living@example.org' })
  const { secret: living } = await users.createUserSession(id)
  const files = await readdir(folder)
  expect(files.toSorted()).toEqual(['users.db', 'users.db-shm', 'users.db-wal'])
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'latin1')))
  const bytes = texts.join('')
  expect(bytes).toContain('ada@example.org')
  for (const text of [...passwords, ...secrets, living]) expect(bytes).not.toContain(text)
  expect(bytes).toContain(hashSessionSecret(living))
  expect(bytes).toMatch(/\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  await users.close()
})
