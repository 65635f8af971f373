import { expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import type { UsersService } from '../../src/index.js'
import { createUsersService } from '../../src/index.js'
import { createTestUsers, insecureHasher } from '../../src/testing/index.js'
import { onEveryStorage } from './on-every-storage.js'

/** Does something as soon as the user is there. */
async function onceThere(task: () => Promise<unknown>, ticks: number): Promise<void> {
  for (let tick = 0; tick < ticks; tick++) await null
  for (let tries = 0; tries < 2000; tries++) {
    try {
      await task()
      return
    } catch (error) {
      expect(error).toMatchObject({ code: 'user-not-found' })
      if (tries > 20) await new Promise(setImmediate)
    }
  }
}

async function logOf(users: UsersService, id: string): Promise<readonly string[]> {
  return (await users.getUserLogs(id, { limit: 100 })).items.map((entry) => entry.id).toReversed()
}

onEveryStorage((make) => {
  test('a listener hears of what happens to a user in the order of the log, also while the user is being made [B-126]', async () => {
    const told = new Map<string, string[]>()
    const users = createUsersService({
      storage: await make(),
      passwords: insecureHasher(),
      onEvent({ id, userId = '' }) {
        told.set(userId, [...(told.get(userId) ?? []), id])
      },
    })
    for (let round = 0; round < 30; round++) {
      const id = `user${round}`
      const entry = { event: 'invoice.paid' }
      await Promise.all([
        users.createUser({ id, email: `${id}@example.com` }),
        ...Array.from({ length: 6 }, (_, n) => onceThere(() => users.recordUserActivity(id, entry), n)),
        onceThere(() => users.createUserSession(id), 1),
        onceThere(() => users.updateUserName(id, { name: 'Ada' }), 2),
      ])
      expect(told.get(id)).toEqual(await logOf(users, id))
    }
  })

  test('a listener hears in the order of the log of sessions that start while all are ended [B-126]', async () => {
    const told: string[] = []
    const users = createUsersService({
      storage: await make(),
      passwords: insecureHasher(),
      onEvent: ({ id }) => void told.push(id),
    })
    await users.createUser({ id: 'ada', email: 'ada@example.com' })
    for (let round = 0; round < 10; round++) {
      await Promise.all([
        users.createUserSession('ada'),
        users.deleteUserSessions('ada'),
        users.createUserSession('ada'),
        users.recordUserActivity('ada', { event: 'invoice.paid' }),
        users.deleteUserSessions('ada'),
        users.createUserSession('ada'),
      ])
    }
    expect(told).toEqual(await logOf(users, 'ada'))
  })
})

test('all sessions that are ended are dead, also one that another process was just starting [B-126]', async () => {
  const storage = memoryStorage()
  const { users: here } = createTestUsers({ storage })
  await here.createUser({ id: 'ada', email: 'ada@example.com' })
  let reached = () => {}
  const isReached = new Promise<void>((resolve) => {
    reached = resolve
  })
  let release = () => {}
  const isReleased = new Promise<void>((resolve) => {
    release = resolve
  })
  const held = {
    ...storage,
    async commit(changes: Parameters<typeof storage.commit>[0]) {
      reached()
      await isReleased
      await storage.commit(changes)
    },
  }
  const { users: elsewhere } = createTestUsers({ storage: held, seed: 1 })
  const starting = elsewhere.createUserSession('ada')
  await isReached
  await here.deleteUserSessions('ada')
  release()
  const { secret } = await starting
  await expect(here.verifyUserSession(secret)).rejects.toMatchObject({ code: 'invalid-session' })
  expect((await here.getUserSessions('ada')).items).toEqual([])
})

test('the end of all sessions says nothing new of the user [B-126]', async () => {
  const { users, clock } = createTestUsers()
  const before = await users.createUser({ id: 'ada', email: 'ada@example.com' })
  clock.advance(60_000)
  await users.deleteUserSessions('ada')
  expect(await users.getUser('ada')).toEqual(before)
  const { secret } = await users.createUserSession('ada')
  await expect(users.verifyUserSession(secret)).resolves.toMatchObject({ user: before })
})
