import { expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import { ClosedError } from '../../src/index.js'
import { createTestUsers, insecureHasher } from '../../src/testing/index.js'

const firstOf = (walk: unknown) => (walk as AsyncGenerator).next()
const ada = { email: 'ada@example.com', password: 'correct horse' }

test.each([
  { storage: 'memory', make: memoryStorage },
  { storage: 'SQLite', make: () => sqliteStorage(':memory:') },
])(
  'operations that run when the service is closed finish, and later ones are refused: $storage [B-109, B-118]',
  async ({ make }) => {
    const storage = make()
    const hasher = insecureHasher()
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    let closes = 0
    const { users, events } = createTestUsers({
      storage: {
        ...storage,
        async close() {
          closes++
          await storage.close()
        },
      },
      passwords: {
        ...hasher,
        async hash(password) {
          await held
          return hasher.hash(password)
        },
      },
    })
    const running = users.createUser(ada)
    await new Promise(setImmediate)
    const closing = users.close()
    await expect(users.listUsers()).rejects.toThrow(ClosedError)
    expect(closes).toBe(0)
    release()
    await expect(running).resolves.toMatchObject({ email: ada.email })
    await closing
    expect(events).toHaveLength(1)
    await users.close()
    await Promise.all([users.close(), users[Symbol.asyncDispose]()])
    expect(closes).toBe(1)
  },
)

test('a close waits for the last of the running operations, and not only for the first [B-109, B-118]', async () => {
  const storage = memoryStorage()
  const log: string[] = []
  const { users } = createTestUsers({
    storage: {
      ...storage,
      async findUser(by) {
        const turns = 'id' in by ? Number(by.id) : 0
        for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate)
        log.push(`found ${turns}`)
        return undefined
      },
      async close() {
        log.push('closed')
      },
    },
  })
  const running = ['3', '1', '9'].map((id) => users.getUser(id).catch(() => {}))
  await Promise.all([users.close(), ...running])
  expect(log).toEqual(['found 1', 'found 3', 'found 9', 'closed'])
})

test('a closed service refuses every operation, whatever the input [B-109]', async () => {
  const { users } = createTestUsers()
  await users.close()
  for (const [name, operation] of Object.entries(users)) {
    if (name === 'close') continue
    const call = async () => {
      const answer: unknown = Reflect.apply(operation, undefined, [])
      return name === 'iterateUsers' ? firstOf(answer) : answer
    }
    await expect(call()).rejects.toThrow(ClosedError)
  }
})

test('a walk is no running operation while nothing reads, and the page after the close is refused', async () => {
  const { users } = createTestUsers()
  for (const n of [1, 2, 3]) await users.createUser({ email: `u${n}@example.com` })
  const walk = users.iterateUsers({ pageSize: 2 })
  await walk.next()
  await users.close()
  await expect(walk.next()).resolves.toMatchObject({ done: false })
  await expect(walk.next()).rejects.toThrow(ClosedError)
  await expect(walk.next()).resolves.toEqual({ done: true, value: undefined })
})

test('the page that a walk is reading is a running operation', async () => {
  const storage = memoryStorage()
  const log: string[] = []
  const { users } = createTestUsers({
    storage: {
      ...storage,
      async listUsers(query) {
        await new Promise(setImmediate)
        log.push('read')
        return storage.listUsers(query)
      },
      async close() {
        log.push('closed')
      },
    },
  })
  const first = users.iterateUsers().next()
  await Promise.all([users.close(), first])
  expect(log).toEqual(['read', 'closed'])
})

test('a failed operation does not keep the service from closing', async () => {
  const { users } = createTestUsers()
  const failing = users.getUser('nobody')
  const closing = users.close()
  await expect(failing).rejects.toMatchObject({ code: 'user-not-found' })
  await expect(closing).resolves.toBeUndefined()
})

test('a block of code that uses the service closes it at its end', async () => {
  const { users } = createTestUsers()
  await users[Symbol.asyncDispose]()
  await expect(users.listUsers()).rejects.toThrow(ClosedError)
})

test('a storage that is closed beneath the service is reported as closed', async () => {
  for (const storage of [memoryStorage(), sqliteStorage(':memory:')]) {
    const { users } = createTestUsers({ storage })
    await storage.close()
    await expect(users.listUsers()).rejects.toThrow(ClosedError)
    await expect(users.createUser(ada)).rejects.toThrow(ClosedError)
  }
})
