import { randomUUID } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { runInNewContext } from 'node:vm'
import { describe, expect, onTestFinished, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import type { IdKind, UsersServiceOptions, UsersStorage } from '../../src/index.js'
import { createUsersService } from '../../src/index.js'
import { createTestUsers, insecureHasher } from '../../src/testing/index.js'

const ada = { email: 'ada@example.com', password: 'correct horse' }

/** What a function returns that does not heed its types. */
const returning = <T>(answer: unknown) => (() => answer) as T
const later = <T>(answer: unknown) => (async () => answer) as T

async function everythingIn(storage: UsersStorage): Promise<unknown> {
  const walk = { limit: 100 }
  return {
    users: await storage.listUsers({ ...walk, offset: 0, order: 'oldest-first', total: 'none' }),
    sessions: await storage.walk('sessions', walk),
    activity: await storage.walk('activity', walk),
    tombstones: await storage.walk('tombstones', walk),
  }
}

/** A storage with a user in it, and a service over it that has other options. */
async function setUp(options: Partial<UsersServiceOptions>) {
  const storage = memoryStorage()
  const logged: string[] = []
  const note = (_: object, message: string) => void logged.push(message)
  const before = createTestUsers({ storage, now: new Date() })
  await before.users.createUser({ ...ada, id: 'ada' })
  const { secret } = await before.users.createUserSession('ada', { by: { ip: '203.0.113.7', userAgent: 'Firefox' } })
  const passwords = insecureHasher()
  const users = createUsersService({ storage, passwords, logger: { warn: note, error: note }, ...options })
  return { storage, users, secret, logged, before: await everythingIn(storage) }
}

describe('an id that is none', () => {
  const wrong = [`usr_${randomUUID()}`, '', 'usr/1', '_a', '-a', 'ä', 'a b', 'a\n', 1, undefined, null, {}]

  test.each(wrong)(
    'newId that returns %j fails the call by name, and nobody is made whom nobody can block [B-124]',
    async (id) => {
      const { users, storage, before } = await setUp({ newId: returning(id) })
      const byName = { code: 'invalid-options', message: expect.stringContaining('newId must return 1 to 36 of') }
      await expect(users.createUser({ email: 'ben@example.com' })).rejects.toMatchObject(byName)
      await expect(users.createUser({ email: 'ben@example.com', id: 'ben' })).rejects.toMatchObject(byName)
      await expect(users.createUserSession('ada')).rejects.toMatchObject(byName)
      await expect(users.updateUserStatus('ada', { status: 'blocked' })).rejects.toMatchObject(byName)
      await expect(users.recordUserActivity('ada', { event: 'invoice.paid' })).rejects.toMatchObject(byName)
      await expect(users.signIn(ada)).rejects.toMatchObject(byName)
      await expect(users.signIn({ ...ada, password: 'wrong' })).rejects.toMatchObject(byName)
      await expect(users.deleteUser('ada')).rejects.toMatchObject(byName)
      expect(await everythingIn(storage)).toEqual(before)
    },
  )

  test('newId that returns a promise fails the call by name [B-124]', async () => {
    const { users } = await setUp({ newId: later('a') })
    await expect(users.createUser({ email: 'ben@example.com' })).rejects.toThrow(/newId must .* returned a promise$/)
  })
})

test('newId is told what the id is for, so that ids can say so [B-124]', async () => {
  const kinds: IdKind[] = []
  const newId = ({ kind }: { readonly kind: IdKind }) => `${kind.slice(0, 3)}_${kinds.push(kind)}`
  const { users, storage } = await setUp({ newId })
  const { id } = await users.createUser({ email: 'ben@example.com' })
  const { session } = await users.createUserSession(id)
  expect([id, session.id]).toEqual(['use_1', 'ses_3'])
  expect(kinds).toEqual(['user', 'activity', 'session', 'activity'])
  const { items } = await storage.listActivity(id, { limit: 9, offset: 0, total: 'none' })
  expect(items.map((entry) => entry.id)).toEqual(['act_4', 'act_2'])
})

test.each([Number.NaN, 8.64e15, -8.64e15, 253_402_300_800_000])(
  'a clock that shows the time %d fails the call by name, and nothing is written [B-124]',
  async (time) => {
    const { users, storage, secret, before } = await setUp({ now: () => new Date(time) })
    const byName = { code: 'invalid-options', message: expect.stringContaining('now must return a Date') }
    await expect(users.createUser({ email: 'ben@example.com' })).rejects.toMatchObject(byName)
    await expect(users.createUserSession('ada')).rejects.toMatchObject(byName)
    await expect(users.updateUserName('ada', { name: 'Ada' })).rejects.toMatchObject(byName)
    await expect(users.verifyUserSession(secret)).rejects.toMatchObject(byName)
    await expect(users.sweep()).rejects.toMatchObject(byName)
    await expect(users.deleteUser('ada')).rejects.toMatchObject(byName)
    expect(await everythingIn(storage)).toEqual(before)
  },
)

test.each([Date.now(), '2026-01-01', undefined, null, {}])(
  'a clock that returns %j, which is no Date, fails the call by name [B-124]',
  async (answer) => {
    const { users, storage, before } = await setUp({ now: returning(answer) })
    await expect(users.createUser({ email: 'ben@example.com' })).rejects.toThrow('now must return a Date')
    expect(await everythingIn(storage)).toEqual(before)
  },
)

test('a clock that goes on with one Date changes nothing that was written [B-124]', async () => {
  const clock = new Date('2026-01-01')
  const { users } = createTestUsers()
  const { createdAt } = await users.createUser({ email: 'ben@example.com' })
  clock.setFullYear(2030)
  expect((await users.listUsers()).items[0]?.createdAt).toEqual(createdAt)
})

const hashes = ['', 'x'.repeat(1025), 'a\0b', '\ud800', 1, true, undefined, null, {}, Buffer.from('hash')]

test.each(hashes)(
  'passwords.hash that returns %j fails the call by name and stores no such hash [B-124]',
  async (hash) => {
    const { users, storage, before } = await setUp({ passwords: { ...insecureHasher(), hash: later(hash) } })
    const byName = {
      code: 'invalid-options',
      message: expect.stringContaining('passwords.hash must return a string of 1 to 1024'),
    }
    await expect(users.createUser({ ...ada, email: 'ben@example.com' })).rejects.toMatchObject(byName)
    await expect(users.updateUserPassword('ada', { password: 'battery staple' })).rejects.toMatchObject(byName)
    await expect(users.signIn({ email: 'nobody@example.com', password: 'wrong' })).rejects.toMatchObject(byName)
    expect(await everythingIn(storage)).toEqual(before)
  },
)

test('no hash of the host is in an error [B-124]', async () => {
  const { users } = await setUp({ passwords: { ...insecureHasher(), hash: async () => 'secret'.repeat(1000) } })
  const error: unknown = await users.createUser({ ...ada, email: 'ben@example.com' }).catch((refused) => refused)
  expect(String(error)).not.toContain('secret')
})

test.each([1, 'true', {}, undefined, null])(
  'passwords.verify that returns %j lets nobody in and fails by name [B-124]',
  async (answer) => {
    const { users, storage, before } = await setUp({ passwords: { ...insecureHasher(), verify: later(answer) } })
    await expect(users.signIn(ada)).rejects.toThrow('passwords.verify must return true or false')
    await expect(users.verifyUserPassword(ada)).rejects.toMatchObject({ code: 'invalid-options' })
    expect(await everythingIn(storage)).toEqual(before)
  },
)

test.each([undefined, 1, Promise.resolve(true)])(
  'passwords.needsRehash that returns %j keeps nobody out: it is logged by name, and the hash stays [B-124]',
  async (answer) => {
    const seen: unknown[] = []
    const logger = { warn: (details: object) => void seen.push(Reflect.get(details, 'err')), error: () => {} }
    const { users, storage } = await setUp({
      passwords: { ...insecureHasher(), needsRehash: returning(answer) },
      logger,
    })
    const hash = async () => (await storage.findUser({ id: 'ada' }))?.passwordHash
    const before = await hash()
    await expect(users.signIn(ada)).resolves.toMatchObject({ user: { id: 'ada' } })
    expect(await hash()).toBe(before)
    expect(String(seen)).toContain('passwords.needsRehash must return true or false')
  },
)

test.each([null, true, false, 0, {}])(
  'passwordPolicy.refuse that returns %j fails the call by name, and writes nothing [B-124]',
  async (answer) => {
    const { users, storage, before } = await setUp({ passwordPolicy: { refuse: returning(answer) } })
    const byName = {
      code: 'invalid-options',
      message: expect.stringContaining('passwordPolicy.refuse must return undefined'),
    }
    await expect(users.createUser({ ...ada, email: 'ben@example.com' })).rejects.toMatchObject(byName)
    await expect(users.updateUserPassword('ada', { password: 'battery staple' })).rejects.toMatchObject(byName)
    expect(await everythingIn(storage)).toEqual(before)
  },
)

test.each([null, true, false, 0, {}])(
  'beforeCreate that returns %j fails the call by name, and writes nothing [B-124]',
  async (answer) => {
    const { users, storage, before } = await setUp({ beforeCreate: returning(answer) })
    await expect(users.createUser({ email: 'ben@example.com' })).rejects.toThrow('beforeCreate must return undefined')
    expect(await everythingIn(storage)).toEqual(before)
  },
)

describe('an invalid description of a client or place', () => {
  const descriptions = ['Firefox', 1, Promise.resolve({}), { os: 'Linux' }, { os: { name: 1 } }]

  test.each([
    ...descriptions,
    { client: { type: 'robot', name: 'x' } },
    { client: { type: 'browser', name: 'x', version: 12 } },
    { device: { type: 'watch' } },
  ])(
    'describeClient that returns %j hides no session and no entry from an admin, and is logged once [B-124]',
    async (answer) => {
      const { users, logged } = await setUp({ describeClient: returning(answer) })
      for (let times = 0; times < 2; times++) {
        const [session] = (await users.getUserSessions('ada')).items
        expect(session).toMatchObject({ userAgent: 'Firefox' })
        for (const part of ['os', 'client', 'device']) expect(session).not.toHaveProperty(part)
        expect((await users.getUserLogs('ada')).items).toHaveLength(2)
      }
      expect(logged).toHaveLength(1)
      for (const message of logged) expect(message).toMatch(/describeClient.* returned an invalid description/)
    },
  )

  test('the good parts of a description are shown, without what is not known [B-124]', async () => {
    const os = { name: 'Linux', version: undefined, kernel: '6.1' }
    const { users } = await setUp({
      describeClient: returning({ os, client: { type: 'robot', name: 'x' }, device: undefined }),
    })
    const [session] = (await users.getUserSessions('ada')).items
    expect(session?.os).toEqual({ name: 'Linux' })
    expect(session).not.toHaveProperty('client')
  })

  test.each(['Germany', 1, {}, { countryCode: 'DE' }, { countryCode: 'Germany', countryName: 'Germany' }])(
    'locate that returns %j hides no session and no entry from an admin, and is logged once [B-124]',
    async (answer) => {
      const { users, logged } = await setUp({ locate: later(answer) })
      for (let times = 0; times < 2; times++) {
        const [session] = (await users.getUserSessions('ada')).items
        expect(session).toMatchObject({ ip: '203.0.113.7' })
        expect(session).not.toHaveProperty('location')
        expect((await users.getUserLogs('ada')).items).toHaveLength(2)
      }
      expect(logged).toEqual([expect.stringContaining('locate returned an invalid description')])
    },
  )

  test('a place that nobody knows is null to some readers, and nothing to talk about [B-124]', async () => {
    const { users, logged } = await setUp({ locate: returning(null), describeClient: returning(null) })
    expect((await users.getUserSessions('ada')).items).toHaveLength(1)
    expect(logged).toEqual([])
  })
})

test('a promise that nobody asked for ends no process, whatever it rejects with [B-124]', async () => {
  const unhandled: unknown[] = []
  const note = (reason: unknown) => void unhandled.push(reason)
  process.on('unhandledRejection', note)
  onTestFinished(() => void process.off('unhandledRejection', note))
  const rejecting = () => Promise.reject(new Error('down'))
  const passwords = insecureHasher()
  const each: readonly Partial<UsersServiceOptions>[] = [
    { now: rejecting as never },
    { newId: rejecting as never },
    { passwords: { ...passwords, needsRehash: rejecting as never } },
    { describeClient: () => ({ os: rejecting() }) as never },
    { describeClient: () => ({ os: { name: rejecting(), version: rejecting() } }) as never },
    { locate: () => ({ countryCode: rejecting(), countryName: rejecting() }) as never },
    { logger: { warn: () => runInNewContext(`Promise.reject('down')`), error: rejecting }, locate: () => 1 as never },
  ]
  for (const options of each) {
    const { users } = await setUp(options)
    await Promise.allSettled([users.signIn(ada), users.createUser({ email: 'ben@example.com' })])
    await Promise.allSettled([users.getUserSessions('ada'), users.getUserLogs('ada')])
  }
  await nextTurn()
  expect(unhandled).toEqual([])
})
