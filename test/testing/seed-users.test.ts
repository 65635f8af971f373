import { expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import { InvalidInputError } from '../../src/errors/index.js'
import { createTestUsers } from '../../src/testing/index.js'
import { contents } from '../service/copy/copied-world.js'

const yearMs = 365 * 24 * 60 * 60 * 1000

test('10,000 people take a second or two of work, each with an email and an address of their own', async () => {
  const { users, events, seedUsers } = createTestUsers()
  const start = process.cpuUsage()
  const seeded = await seedUsers(10_000)
  // In microseconds of the processor, which other work of the machine does not lengthen; about a million.
  expect(process.cpuUsage(start).user).toBeLessThan(4_000_000)
  expect(seeded).toHaveLength(10_000)
  expect(new Set(seeded.map(({ email }) => email)).size).toBe(10_000)
  expect(await users.listUsers({ total: true, limit: 0 })).toMatchObject({ total: 10_000 })
  expect(new Set(events.map(({ ip }) => ip)).size).toBe(10_000)
})

test('people are answered as they are stored, in the order of their registration, over the year before now', async () => {
  const { users, clock, seedUsers } = createTestUsers()
  const now = clock.now()
  const seeded = await seedUsers(60)
  expect(clock.now()).toEqual(now)
  expect((await users.listUsers({ limit: 100 })).items).toEqual(seeded)
  const joined = seeded.map(({ createdAt }) => createdAt.getTime())
  expect(joined).toEqual(joined.toSorted((one, other) => one - other))
  expect(joined[0]).toBeGreaterThanOrEqual(now.getTime() - yearMs)
  expect(joined.at(-1)).toBeLessThanOrEqual(now.getTime())
})

test('one seed gives the same people, sessions and entries on any storage, and another seed others', async () => {
  async function worldOf(seed: number, storage = memoryStorage()) {
    await createTestUsers({ seed, storage }).seedUsers(120)
    const { users, sessions, activity } = await contents(storage)
    await storage.close()
    // The secret of a session is random for everybody.
    return { users, sessions: sessions.map((session) => ({ ...session, secretHash: '' })), activity }
  }
  const world = await worldOf(7)
  expect(await worldOf(7, sqliteStorage(':memory:'))).toEqual(world)
  const other = await worldOf(8)
  expect(other.users.map(({ name }) => name)).not.toEqual(world.users.map(({ name }) => name))
})

test('people are like people: active for the most part, of many scripts, some of them signed in', async () => {
  const { users, seedUsers, aUser } = createTestUsers()
  const seeded = await seedUsers(400)
  const share = (is: (user: (typeof seeded)[number]) => boolean) => seeded.filter(is).length / seeded.length
  expect(share(({ status }) => status === 'active')).toBeGreaterThan(0.8)
  for (const status of ['blocked', 'disabled']) expect(share((user) => user.status === status)).toBeGreaterThan(0.01)
  for (const script of ['Latin', 'Cyrillic', 'Han', 'Arabic', 'Greek', 'Devanagari']) {
    expect(
      share(({ name }) => new RegExp(`\\p{Script=${script}}`, 'u').test(name)),
      script,
    ).toBeGreaterThan(0.01)
  }
  const sessions = await Promise.all(seeded.map(async ({ id }) => (await users.getUserSessions(id)).items))
  expect(sessions.filter(({ length }) => length > 0).length / seeded.length).toBeGreaterThan(0.2)
  for (const [{ userAgent, ip, os } = {}] of sessions.filter(({ length }) => length > 0)) {
    expect([userAgent, ip, os?.name]).toEqual([expect.any(String), expect.any(String), expect.any(String)])
  }
  const { email } = seeded.find(({ status }) => status === 'active') ?? { email: '' }
  await expect(users.signIn({ email, password: aUser().password })).resolves.toMatchObject({ user: { email } })
})

test('each call makes others, beside users whom the test made, and in two calls at once', async () => {
  const { users, seedUsers, aUser } = createTestUsers()
  await users.createUser(aUser())
  await seedUsers(30)
  await Promise.all([seedUsers(30), seedUsers(30)])
  await users.createUser(aUser())
  expect(await users.listUsers({ total: true, limit: 0 })).toMatchObject({ total: 92 })
  expect(await seedUsers(0)).toEqual([])
})

test('neither a failure that waits nor a strict policy is in the way, and both stay', async () => {
  const passwordPolicy = { minLength: 64, refuse: () => 'is never good enough' }
  const { users, seedUsers, failNext, aUser } = createTestUsers({ passwordPolicy })
  failNext('createUser', new Error('down'))
  await seedUsers(5)
  await expect(users.createUser(aUser())).rejects.toThrow('down')
  await expect(users.createUser(aUser({ password: 'x'.repeat(64) }))).rejects.toThrow('is never good enough')
})

test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('%d people are refused', async (count) => {
  const { users, seedUsers } = createTestUsers()
  await expect(seedUsers(count)).rejects.toThrow(InvalidInputError)
  expect((await users.listUsers()).items).toEqual([])
})
