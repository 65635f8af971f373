import { describe, expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { limits } from '../../src/domain/limits.js'
import { nextEpoch } from '../../src/domain/user.js'
import { createUsersService, type UsersServiceOptions } from '../../src/index.js'
import { createTestUsers, insecureHasher } from '../../src/testing/index.js'
import { onEveryStorage } from './on-every-storage.js'

type Numbers = Omit<UsersServiceOptions, 'storage'>
const bounded: readonly (readonly [name: string, max: number, options: (figure: number) => Numbers])[] = [
  ['sessions.lifetimeMs', limits.sessionLifetimeMaxMs, (lifetimeMs) => ({ sessions: { lifetimeMs } })],
  ['sessions.idleTimeoutMs', limits.sessionLifetimeMaxMs, (idleTimeoutMs) => ({ sessions: { idleTimeoutMs } })],
  ['sessions.maxPerUser', limits.sessionsPerUserMax, (maxPerUser) => ({ sessions: { maxPerUser } })],
  ['hashing.concurrency', limits.hashesAtOnceMax, (concurrency) => ({ hashing: { concurrency } })],
  ['hashing.maxWaiting', limits.hashesWaitingMax, (maxWaiting) => ({ hashing: { maxWaiting } })],
  ['passwordPolicy.minLength', limits.passwordMinLengthMax, (minLength) => ({ passwordPolicy: { minLength } })],
]

describe.each(bounded)('%s', (name, max, options) => {
  test.each([max + 1, Number.MAX_SAFE_INTEGER, Number.MAX_VALUE, Infinity, NaN, -1, 1.5, 1n, '9'])(
    'is refused at once when it is %s, by its name and with its bounds [B-125]',
    (figure) => {
      const wrong = expect.objectContaining({
        code: 'invalid-options',
        message: expect.stringMatching(new RegExp(`${name} must be a whole number from \\d+ to ${max}`)),
      })
      // As JavaScript may give it.
      expect(() => createUsersService({ storage: memoryStorage(), ...options(figure as number) })).toThrow(wrong)
    },
  )

  test('may be as large as its bound [B-125]', () => {
    expect(() => createUsersService({ storage: memoryStorage(), ...options(max) })).not.toThrow()
  })
})

test.each([NaN, 8.64e15, -8.64e15, limits.dateMs + 1])('no sweep goes by a date of %d [B-125]', async (time) => {
  const { users } = createTestUsers()
  await expect(users.sweep({ activityBefore: new Date(time) })).rejects.toMatchObject({
    code: 'invalid-input',
    path: 'activityBefore',
    message: expect.stringContaining('must be a Date before the year 10000'),
  })
})

test('behind the largest epoch comes one that differs from it [B-125]', () => {
  expect(nextEpoch(1)).toBe(2)
  expect(nextEpoch(Number.MAX_SAFE_INTEGER - 1)).toBe(Number.MAX_SAFE_INTEGER)
  expect(nextEpoch(Number.MAX_SAFE_INTEGER)).toBe(1)
})

onEveryStorage((make) => {
  test('a session of the longest life that starts at the last moment of the clock lives and is listed [B-125]', async () => {
    const storage = await make()
    const now = () => new Date(limits.dateMs)
    const sessions = { lifetimeMs: limits.sessionLifetimeMaxMs, idleTimeoutMs: limits.sessionLifetimeMaxMs }
    const users = createUsersService({ storage, now, sessions, passwords: insecureHasher() })
    await users.createUser({ email: 'ada@example.com', id: 'ada' })
    const { session, secret } = await users.createUserSession('ada')
    expect(session.expiresAt.getTime()).toBe(limits.dateMs + limits.sessionLifetimeMaxMs)
    await expect(users.verifyUserSession(secret)).resolves.toMatchObject({ session })
    expect((await users.getUserSessions('ada', { total: true })).items).toEqual([session])
    await users.sweep({ activityBefore: now() })
    await expect(users.verifyUserSession(secret)).resolves.toMatchObject({ session })
  })

  test('the largest numbers that choose a part of a list are an empty page, and no error [B-125]', async () => {
    const users = createUsersService({ storage: await make(), passwords: insecureHasher() })
    await users.createUser({ email: 'ada@example.com', id: 'ada' })
    const far = { offset: Number.MAX_SAFE_INTEGER, limit: 100 }
    expect((await users.listUsers(far)).items).toEqual([])
    expect((await users.listUsers({ ...far, search: 'ada' })).items).toEqual([])
    expect((await users.getUserLogs('ada', far)).items).toEqual([])
    expect((await users.getUserSessions('ada', far)).items).toEqual([])
  })
})
