import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { UsersError, type UsersService } from '../../src/index.js'
import { createTestUsers } from '../../src/testing/index.js'
import { everywhere, type OpenPlace } from './everywhere.js'

// That PGlite has no trigrams is of no matter here.
vi.spyOn(process, 'emitWarning').mockImplementation(() => {})

/** Calls 50 times at once, and counts how the calls ended. */
async function fiftyTimes(call: (index: number) => Promise<unknown>): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  const codeOf = (error: unknown) => (UsersError.is(error) ? error.code : String(error))
  const ends = Array.from({ length: 50 }, (_, index) => call(index).then(() => 'done', codeOf))
  for (const end of await Promise.all(ends)) counts[end] = (counts[end] ?? 0) + 1
  return counts
}

describe.each(everywhere)('of 50 calls at once on $name', ({ open }) => {
  let place: OpenPlace
  let users: UsersService
  let made = 0
  let ada = ''
  beforeAll(async () => {
    place = await open()
    users = createTestUsers({ storage: await place.storage() }).users
  })
  afterAll(async () => {
    await users.close()
    await place.close()
  })
  beforeEach(async () => {
    ada = `ada${++made}`
    await users.createUser({ id: ada, email: `${ada}@example.com` })
  })

  async function eventsOf(id: string): Promise<string[]> {
    return (await users.getUserLogs(id, { limit: 100 })).items.map(({ event }) => event)
  }

  test('exactly one creates the user of an email, and there is one user and one entry [B-45]', async () => {
    const create = (index: number) =>
      users.createUser({ email: index % 2 ? 'ben@example.com' : 'BEN@EXAMPLE.COM', password: 'correct horse' })
    expect(await fiftyTimes(create)).toEqual({ done: 1, 'email-taken': 49 })
    const { items, total } = await users.listUsers({ search: 'ben@', total: true })
    expect([total, await eventsOf(items[0]?.id ?? '')]).toEqual([1, ['user.created']])
  })

  test('exactly one deletes a session, and it is recorded once [B-53]', async () => {
    const { session } = await users.createUserSession(ada)
    const other = await users.createUserSession(ada)
    const remove = () => users.deleteUserSession(ada, session.id)
    expect(await fiftyTimes(remove)).toEqual({ done: 1, 'session-not-found': 49 })
    expect((await eventsOf(ada)).filter((event) => event === 'session.deleted')).toHaveLength(1)
    await expect(users.verifyUserSession(other.secret)).resolves.toBeDefined()
  })

  test('all delete the sessions of a user, also where there are none left [B-53]', async () => {
    const { secret } = await users.createUserSession(ada)
    expect(await fiftyTimes(() => users.deleteUserSessions(ada))).toEqual({ done: 50 })
    await expect(users.verifyUserSession(secret)).rejects.toMatchObject({ code: 'invalid-session' })
    expect(await fiftyTimes(() => users.deleteUserSessions(ada))).toEqual({ done: 50 })
  })

  test('exactly one deletes a user, of whom nothing is left, while sessions start and settings change [B-52, B-53]', async () => {
    const secrets: string[] = []
    const ends: Record<string, number>[] = await Promise.all([
      fiftyTimes(async () => secrets.push((await users.createUserSession(ada)).secret)),
      fiftyTimes(() => users.deleteUser(ada)),
      fiftyTimes((index) => users.updateUserPrefs(ada, { prefs: { [`k${index}`]: index } })),
    ])
    expect(ends[1]).toEqual({ done: 1, 'user-not-found': 49 })
    for (const counts of ends) for (const end of Object.keys(counts)) expect(['done', 'user-not-found']).toContain(end)
    for (const secret of secrets) {
      await expect(users.verifyUserSession(secret)).rejects.toMatchObject({ code: 'invalid-session' })
    }
    await expect(users.createUser({ id: ada, email: 'new@example.com' })).rejects.toMatchObject({ code: 'id-taken' })
  })

  test('that merge settings of one user all are kept, each with its entry [B-68]', async () => {
    const merge = (index: number) => users.updateUserPrefs(ada, { prefs: { [`k${index}`]: index } })
    expect(await fiftyTimes(merge)).toEqual({ done: 50 })
    expect(await users.getUserPrefs(ada)).toEqual(
      Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`k${n}`, n])),
    )
    expect(await eventsOf(ada)).toHaveLength(51)
  })
})
