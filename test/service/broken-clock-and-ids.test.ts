import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { timeOrderedId } from '../../src/domain/ids.js'
import { createUsersService, type UserOrder, type UsersStorage } from '../../src/index.js'
import { insecureHasher } from '../../src/testing/index.js'
import { type Ground, kinds, openedOn } from '../model/storages.js'

const hour = 60 * 60 * 1000

describe.each(kinds)('on $storage', ({ ground: makeGround }) => {
  let ground: Ground
  beforeAll(async () => {
    ground = await makeGround()
  })
  afterAll(() => ground.close())

  async function empty(): Promise<UsersStorage> {
    const storage = await openedOn(ground)
    return storage
  }

  test('a clock that goes back an hour between operations spoils no id, no order and no updatedAt [B-111]', async () => {
    const storage = await empty()
    let time = Date.UTC(2026, 0, 1)
    const now = () => new Date(time)
    const told: string[] = []
    const users = createUsersService({
      ...{ storage, now, passwords: insecureHasher() },
      newId: () => timeOrderedId(now()),
      onEvent: ({ id }) => void told.push(id),
    })
    const made: string[] = []
    const sessions: string[] = []
    for (let n = 0; n < 20; n++) {
      const { id } = await users.createUser({ email: `${n}@example.com`, prefs: { n } })
      made.push(id)
      time -= hour
      await users.updateUserName(id, { name: `user ${n}` })
      await users.updateUserPrefs(made[0] ?? '', { prefs: { n } })
      sessions.push((await users.createUserSession(made[0] ?? '')).session.id)
      const { createdAt, updatedAt } = await users.getUser(id)
      expect(updatedAt.getTime()).toBeGreaterThanOrEqual(createdAt.getTime())
      // Also forward again, over times that have been.
      if (n % 3 === 2) time += 2 * hour
    }

    const idsOf = async (order: UserOrder) => (await users.listUsers({ order, limit: 100 })).items.map(({ id }) => id)
    expect(await idsOf('oldest-first')).toEqual(made)
    expect(await idsOf('newest-first')).toEqual(made.toReversed())
    const logs = await users.getUserLogs(made[0] ?? '', { limit: 100 })
    const firstUser = new Set(logs.items.map(({ id }) => id))
    expect(logs.items.map(({ id }) => id)).toEqual(told.filter((id) => firstUser.has(id)).toReversed())
    const all = [...made, ...sessions, ...told]
    expect(new Set(all).size).toBe(all.length)
  })

  test('a generator that gives each id three times overwrites nobody and loses nothing [B-112]', async () => {
    const storage = await empty()
    let calls = 0
    const newId = () => `id${Math.floor(calls++ / 3)}`
    const users = createUsersService({ storage, newId, passwords: insecureHasher() })
    const emails = Array.from({ length: 20 }, (_, n) => `${n}@example.com`)
    const made: string[] = []
    const secrets: string[] = []
    for (const email of emails) {
      const { id } = await users.createUser({ email, password: 'correct horse' })
      made.push(id)
      secrets.push((await users.createUserSession(id)).secret)
    }

    expect(new Set(made).size).toBe(made.length)
    const { items } = await users.listUsers({ limit: 100 })
    expect(items.map(({ id, email }) => ({ id, email }))).toEqual(made.map((id, n) => ({ id, email: emails[n] })))
    for (const [n, secret] of secrets.entries()) {
      await expect(users.verifyUserSession(secret)).resolves.toMatchObject({ user: { id: made[n], email: emails[n] } })
      const logs = await users.getUserLogs(made[n] ?? '')
      expect(logs.items.map(({ event }) => event)).toEqual(['session.created', 'user.created'])
    }
  })

  test('a generator that repeats one id for ever is reported, and overwrites nobody [B-112]', async () => {
    const storage = await empty()
    const users = createUsersService({ storage, newId: () => 'same', passwords: insecureHasher() })
    const first = await users.createUser({ email: 'a@example.com' })
    await expect(users.createUser({ email: 'b@example.com' })).rejects.toMatchObject({ code: 'id-taken' })
    const { secret } = await users.createUserSession('same')
    await expect(users.createUserSession('same')).rejects.toMatchObject({ code: 'id-taken' })
    expect((await users.listUsers()).items).toEqual([first])
    await expect(users.verifyUserSession(secret)).resolves.toMatchObject({ user: { email: 'a@example.com' } })
  })
})
