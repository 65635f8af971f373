import { afterEach, expect, test, vi } from 'vitest'
import { InvalidInputError, InvalidOptionsError } from '../../src/errors/index.js'
import { createTestUsers, insecureHasher } from '../../src/testing/index.js'

const dayMs = 24 * 60 * 60 * 1000

afterEach(() => {
  vi.unstubAllEnvs()
})

test('the clock stands still until it is moved, and everything goes by it', async () => {
  const { users, clock, aUser } = createTestUsers({ now: new Date('2026-03-01') })
  const { id, createdAt } = await users.createUser(aUser())
  expect(createdAt).toEqual(new Date('2026-03-01'))
  const { secret } = await users.createUserSession(id)
  clock.advance(30 * dayMs - 1)
  expect((await users.verifyUserSession(secret)).user.id).toBe(id)
  clock.advance(1)
  await expect(users.verifyUserSession(secret)).rejects.toMatchObject({ code: 'invalid-session' })
  clock.set(new Date('2026-03-02'))
  expect(clock.now()).toEqual(new Date('2026-03-02'))
  await expect(users.verifyUserSession(secret)).resolves.toMatchObject({ user: { id } })
  clock.advance(-dayMs)
  expect(clock.now()).toEqual(createdAt)
})

test('a clock is never moved to where no time is, nor to what shares a date with the test', () => {
  const { clock } = createTestUsers()
  const before = clock.now()
  for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, 8.64e15]) {
    expect(() => clock.advance(wrong)).toThrow(InvalidInputError)
  }
  expect(() => clock.set(new Date(Number.NaN))).toThrow(InvalidInputError)
  clock.now().setTime(0)
  expect(clock.now()).toEqual(before)
})

test('ids follow of the seed and of how many there were, and look like real ones', async () => {
  async function idsOf(seed?: number) {
    const { users, events, aUser } = createTestUsers(seed === undefined ? {} : { seed })
    const { id } = await users.createUser(aUser())
    const { session } = await users.createUserSession(id)
    return [id, events[0]?.id, session.id, events[1]?.id]
  }
  expect(await idsOf()).toEqual([1, 2, 3, 4].map((n) => `test000000000000000${n}`))
  expect(await idsOf(35)).toEqual([1, 2, 3, 4].map((n) => `test000000z00000000${n}`))
  expect(await idsOf(2 ** 32 - 1)).toEqual([1, 2, 3, 4].map((n) => `test1z141z300000000${n}`))
  for (const id of await idsOf()) expect(id).toMatch(/^[0-9a-z]{20}$/)
})

test('an id generator, a storage or a hasher of the test takes the place of its own', async () => {
  let ids = 0
  const { users } = createTestUsers({
    newId: () => `mine${++ids}`,
    passwords: { ...insecureHasher(), hash: async () => 'x' },
  })
  expect((await users.createUser({ email: 'ada@example.com', password: 'correct horse' })).id).toBe('mine1')
  await expect(users.signIn({ email: 'ada@example.com', password: 'correct horse' })).rejects.toThrow()
})

test('every committed entry is recorded, in order, and what is taken out is out', async () => {
  const heard: unknown[] = []
  const { users, events, aUser } = createTestUsers({ onEvent: (activity) => void heard.push(activity) })
  const { id } = await users.createUser(aUser(), { by: { actor: 'admin' } })
  await users.updateUserStatus(id, { status: 'blocked' })
  await expect(users.createUserSession(id)).rejects.toThrow()
  expect(events).toMatchObject([
    { event: 'user.created', userId: id, actor: 'admin' },
    { event: 'user.status-updated', details: { status: 'blocked' } },
  ])
  expect(heard).toEqual(events)
  expect(events.splice(0)).toHaveLength(2)
  await users.deleteUser(id)
  expect(events).toMatchObject([{ event: 'user.deleted', userId: id }])
})

test('what a listener does to an entry does not change the record of it', async () => {
  const { users, events, aUser } = createTestUsers({
    onEvent: (activity) => void Reflect.set(activity, 'event', 'forged'),
  })
  await users.createUser(aUser())
  expect(events).toMatchObject([{ event: 'user.created' }])
})

test('a built user is another one each time, can sign in, and is what was given', async () => {
  const { users, aUser } = createTestUsers()
  const logins = Array.from({ length: 50 }, () => aUser())
  for (const login of logins) await users.createUser(login)
  expect(new Set(logins.map(({ email }) => email)).size).toBe(50)
  for (const login of logins.slice(0, 3)) expect((await users.signIn(login)).user.email).toBe(login.email)
  const given = {
    email: 'ada@example.com',
    password: 'battery staple',
    name: 'Ada',
    status: 'blocked',
    id: 'ada',
  } as const
  expect(aUser(given)).toEqual(given)
})

test('a built caller is another one each time, is kept as it was built, and is what was given', async () => {
  const { users, aUser, aCaller } = createTestUsers()
  const { id } = await users.createUser(aUser())
  const callers = Array.from({ length: 300 }, () => aCaller())
  expect(new Set(callers.map(({ ip }) => ip)).size).toBe(300)
  for (const by of callers.slice(-3)) {
    expect((await users.createUserSession(id, { by })).session).toMatchObject(by)
  }
  const { items } = await users.getUserSessions(id)
  for (const { os, client } of items) expect([os?.name, client?.name]).toEqual([expect.any(String), expect.any(String)])
  expect(aCaller({ actor: 'admin', ip: '::1' })).toMatchObject({ actor: 'admin', ip: '::1' })
})

test('two worlds share nothing', async () => {
  const one = createTestUsers()
  const other = createTestUsers()
  await one.users.createUser(one.aUser())
  one.clock.advance(dayMs)
  one.failNext('listUsers', new Error('down'))
  expect(other.events).toEqual([])
  expect(other.clock.now()).toEqual(new Date('2026-01-01T00:00:00.000Z'))
  expect((await other.users.listUsers()).items).toEqual([])
  expect(other.aUser().email).toBe('user1@example.com')
})

test('a password is hashed and checked in microseconds', async () => {
  const { hash, verify } = insecureHasher()
  const start = performance.now()
  for (let n = 0; n < 1000; n++) await verify(await hash(`password ${n}`), `password ${n}`)
  expect(performance.now() - start).toBeLessThan(1000)
})

test('production is refused, whatever the options', () => {
  vi.stubEnv('NODE_ENV', 'production')
  const passwords = { hash: async () => '', verify: async () => false, needsRehash: () => false }
  expect(() => createTestUsers({ passwords })).toThrow(InvalidOptionsError)
  expect(() => createTestUsers()).toThrow('createTestUsers: this is for tests, and NODE_ENV is production')
  expect(() => insecureHasher()).toThrow('insecureHasher: this is for tests, and NODE_ENV is production')
})

test.each([
  ['seed', { seed: -1 }],
  ['seed', { seed: 1.5 }],
  ['seed', { seed: 2 ** 32 }],
  ['now', { now: new Date(Number.NaN) }],
  ['passwrods', { passwrods: insecureHasher() }],
])('an option that is wrong or unknown is named: %s, as in %o', (name, options: object) => {
  expect(() => createTestUsers(options)).toThrow(InvalidOptionsError)
  expect(() => createTestUsers(options)).toThrow(name)
})
