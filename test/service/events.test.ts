import { expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { type Activity, createUsersService } from '../../src/index.js'
import { createTestUsers } from '../../src/testing/index.js'

function listeningLogger() {
  const logged: { level: string; err: unknown; event: unknown }[] = []
  const to = (level: string) => (details: object) =>
    logged.push({ level, err: Reflect.get(details, 'err'), event: Reflect.get(details, 'event') })
  return { logged, logger: { warn: to('warn'), error: to('error') } }
}

test('the listener is told after the commit, when what it is told of can be read', async () => {
  const storage = memoryStorage()
  const seen: unknown[] = []
  const { users } = createTestUsers({
    storage,
    onEvent: async ({ userId = '' }) => {
      seen.push((await storage.findUser({ id: userId }))?.name)
    },
  })
  await users.createUser({ email: 'ada@example.com', id: 'ada', name: 'Ada' })
  await users.updateUserName('ada', { name: 'Ada L' })
  await users.deleteUser('ada')
  await new Promise(setImmediate)
  expect(seen).toEqual(['Ada', 'Ada L', undefined])
})

test('the listener is told of the changes of a user in the order of their commits', async () => {
  const storage = memoryStorage()
  const committed: string[] = []
  const { users, events } = createTestUsers({
    storage: {
      ...storage,
      async commit(changes) {
        await storage.commit(changes)
        for (const change of changes) if (change.op === 'appendActivity') committed.push(change.activity.id)
      },
    },
  })
  await users.createUser({ email: 'ada@example.com', password: 'correct horse', id: 'ada' })
  await Promise.all([
    ...Array.from({ length: 20 }, (_, n) => users.updateUserPrefs('ada', { prefs: { [`k${n}`]: n } })),
    ...Array.from({ length: 20 }, () => users.createUserSession('ada')),
    users.updateUserStatus('ada', { status: 'blocked' }),
  ])
  expect(events.map(({ id }) => id)).toEqual(committed)
})

test.each([
  [
    'throws',
    () => {
      throw new Error('listener')
    },
  ],
  ['rejects', () => Promise.reject(new Error('listener'))],
])('a listener that %s is logged, and the change stands', async (_, onEvent) => {
  const { logged, logger } = listeningLogger()
  const { users } = createTestUsers({ onEvent, logger })
  const { id } = await users.createUser({ email: 'ada@example.com' })
  await users.updateUserStatus(id, { status: 'blocked' })
  await users.deleteUser(id)
  await new Promise(setImmediate)
  expect(logged).toEqual(
    ['user.created', 'user.status-updated', 'user.deleted'].map((event) => ({
      level: 'error',
      err: expect.objectContaining({ message: 'listener' }),
      event,
    })),
  )
})

test('neither a listener nor a logger that throws makes a committed call fail, and what they were told shows', async () => {
  const warned: string[] = []
  const onWarning = ({ message }: Error) => warned.push(message)
  process.on('warning', onWarning)
  const broken = () => {
    throw new Error('logger')
  }
  const { users } = createTestUsers({
    onEvent() {
      throw new Error('listener')
    },
    logger: { warn: broken, error: broken },
  })
  const { id } = await users.createUser({ email: 'ada@example.com' })
  await expect(users.getUser(id)).resolves.toMatchObject({ id })
  await new Promise(setImmediate)
  process.off('warning', onWarning)
  expect(warned).toEqual([
    'rollbook: onEvent threw; the change itself stands: Error: listener',
    'rollbook: the logger threw: Error: logger',
  ])
})

test('the operation does not wait for a slow listener', async () => {
  const { users } = createTestUsers({ onEvent: () => new Promise(() => {}) })
  await expect(users.createUser({ email: 'ada@example.com' })).resolves.toBeDefined()
})

test('what the listener does to an entry changes nothing elsewhere', async () => {
  // Not the service for tests, which has a listener of its own before this one.
  const users = createUsersService({
    storage: memoryStorage(),
    onEvent: (activity: Activity) => {
      Reflect.set(activity, 'event', 'forged')
      Reflect.set(activity.details ?? {}, 'n', 'forged')
      activity.at.setTime(0)
    },
  })
  await users.createUser({ email: 'ada@example.com', id: 'ada' })
  const entry = await users.recordUserActivity('ada', { event: 'shop.visited', details: { n: 1 } })
  expect(entry).toMatchObject({ event: 'shop.visited', details: { n: 1 } })
  expect(entry.at.getTime()).not.toBe(0)
  expect((await users.getUserLogs('ada')).items).toMatchObject([{ details: { n: 1 } }, { event: 'user.created' }])
})

test('a description that cannot be made is logged, and the list is shown without it', async () => {
  const { logged, logger } = listeningLogger()
  const broken = () => {
    throw new Error('broken')
  }
  const { users } = createTestUsers({ describeClient: broken, locate: () => Promise.reject(new Error('lost')), logger })
  await users.createUser({ email: 'ada@example.com', id: 'ada' })
  await users.createUserSession('ada', { by: { ip: '203.0.113.7', userAgent: 'curl/8.5.0' } })
  const sessions = await users.getUserSessions('ada')
  expect(sessions.items).toMatchObject([{ ip: '203.0.113.7', userAgent: 'curl/8.5.0' }])
  for (const name of ['os', 'client', 'device', 'location']) expect(sessions.items[0]).not.toHaveProperty(name)
  expect((await users.getUserLogs('ada')).items).toHaveLength(2)
  expect(new Set(logged.map(({ err }) => String(err)))).toEqual(new Set(['Error: broken', 'Error: lost']))
})

test('a list shows what the functions of the host answer, and asks them only of what there is', async () => {
  const asked: unknown[] = []
  const client = { os: { name: 'TestOS' } }
  const location = { countryCode: 'DE', countryName: 'Germany' }
  const { users } = createTestUsers({
    describeClient: (userAgent) => {
      asked.push(userAgent)
      return client
    },
    locate: (ip) => {
      asked.push(ip)
      return ip === '203.0.113.7' ? location : undefined
    },
  })
  await users.createUser({ email: 'ada@example.com', id: 'ada' })
  await users.createUserSession('ada')
  await users.createUserSession('ada', { by: { ip: '198.51.100.1' } })
  await users.createUserSession('ada', { by: { ip: '203.0.113.7', userAgent: 'x' } })
  const { items } = await users.getUserSessions('ada')
  expect(items.map(({ os, location: place }) => [os, place])).toEqual([
    [client.os, location],
    [undefined, undefined],
    [undefined, undefined],
  ])
  expect(asked).toEqual(expect.arrayContaining(['203.0.113.7', 'x', '198.51.100.1']))
  expect(asked).toHaveLength(3)
})
