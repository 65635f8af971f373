import { expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import { CannotJoinTransactionError, ClosedError, InvalidOptionsError } from '../../src/index.js'
import { createTestUsers, insecureHasher } from '../../src/testing/index.js'
import { ben, deferred, setUp } from './transactions.js'

test('what is done inside is seen inside at once, and outside when the host commits', async () => {
  const { users, begin, commit } = await setUp()
  const transaction = await begin()
  const inside = users.withTransaction(transaction)
  await inside.createUser({ ...ben, id: 'ben' })
  await inside.updateUserName('ada', { name: 'Ada' })
  const { secret } = await inside.signIn(ben)
  expect((await inside.verifyUserSession(secret)).user.id).toBe('ben')
  const names: string[] = []
  for await (const { id, name } of inside.iterateUsers()) names.push(`${id} ${name}`)
  expect(names).toEqual(['ada Ada', 'ben '])
  await expect(users.getUser('ben')).rejects.toMatchObject({ code: 'user-not-found' })
  expect((await users.getUser('ada')).name).toBe('')
  await commit(transaction)
  expect((await users.verifyUserSession(secret)).user.id).toBe('ben')
  expect((await users.getUser('ada')).name).toBe('Ada')
  expect((await users.getUserLogs('ben')).items.map(({ event }) => event)).toEqual(['session.created', 'user.created'])
})

test('the listener hears of it when the host says that it has committed, in order and once', async () => {
  const { users, events, begin, commit } = await setUp()
  const transaction = await begin()
  const inside = users.withTransaction(transaction)
  await inside.createUser({ ...ben, id: 'ben' })
  await inside.updateUserStatus('ben', { status: 'blocked' })
  await inside.deleteUser('ada')
  await commit(transaction)
  expect(events).toHaveLength(1)
  inside.committed()
  inside.committed()
  const told = events.slice(1).map(({ event, userId }) => [event, userId])
  expect(told).toEqual([
    ['user.created', 'ben'],
    ['user.status-updated', 'ben'],
    ['user.deleted', 'ada'],
  ])
})

test('the listener never hears of what the host rolls back, and of two transactions each has its own', async () => {
  const { users, events, begin, commit } = await setUp()
  const [first, second] = [await begin(), await begin()]
  await users.withTransaction(first).createUser(ben)
  const inside = users.withTransaction(second)
  await inside.recordUserActivity('ada', { event: 'invoice.paid' })
  await commit(second)
  inside.committed()
  expect(events.map(({ event }) => event)).toEqual(['user.created', 'invoice.paid'])
})

test('an operation that is refused leaves nothing, and the transaction continues', async () => {
  const { users, begin, commit } = await setUp()
  const transaction = await begin()
  const inside = users.withTransaction(transaction)
  await expect(inside.createUser({ email: 'ADA@example.com' })).rejects.toMatchObject({ code: 'email-taken' })
  await expect(inside.updateUserName('nobody', { name: 'x' })).rejects.toMatchObject({ code: 'user-not-found' })
  await inside.createUser({ ...ben, id: 'ben' })
  await commit(transaction)
  expect((await users.listUsers()).items.map(({ id }) => id)).toEqual(['ada', 'ben'])
})

test('inside hold the same hasher, the same policy, the same limits and the same clock', async () => {
  const hasher = insecureHasher()
  const hashed: string[] = []
  const { users, begin, clock } = await setUp({
    passwords: {
      ...hasher,
      async hash(password) {
        hashed.push(password)
        return hasher.hash(password)
      },
    },
    passwordPolicy: { refuse: (password) => (password === 'password1' ? 'is too common' : undefined) },
    sessions: { maxPerUser: 2, lifetimeMs: 1000 },
  })
  const inside = users.withTransaction(await begin())
  await expect(inside.createUser({ ...ben, password: 'password1' })).rejects.toMatchObject({ path: 'password' })
  await expect(inside.createUser({ ...ben, name: 'x'.repeat(129) })).rejects.toMatchObject({ path: 'name' })
  await inside.createUser(ben)
  expect(hashed).toContain('battery staple')
  for (const _ of [1, 2, 3]) await inside.createUserSession('ada')
  expect((await inside.getUserSessions('ada')).items).toHaveLength(2)
  clock.advance(1000)
  expect((await inside.getUserSessions('ada')).items).toHaveLength(0)
})

test.each([
  ['memory', memoryStorage],
  ['SQLite', () => sqliteStorage(':memory:')],
])('a storage that cannot join a transaction says so, and the cure: %s', (_, make) => {
  const { users } = createTestUsers({ storage: make() })
  expect(() => users.withTransaction({})).toThrow(CannotJoinTransactionError)
  expect(() => users.withTransaction({})).toThrow('call the service before or after it, or use a storage that can')
})

test('what is no transaction is refused at the call', async () => {
  const { users } = await setUp()
  const missing = expect.objectContaining({ code: 'invalid-input', path: 'transaction' })
  expect(() => users.withTransaction(undefined)).toThrow(missing)
  const picky = createTestUsers({
    storage: {
      ...memoryStorage(),
      inTransaction() {
        throw new InvalidOptionsError('give a transaction')
      },
    },
  })
  expect(() => picky.users.withTransaction(1)).toThrow('give a transaction')
})

test('after the host has committed, nothing more is done in its transaction', async () => {
  const { users, begin, commit } = await setUp()
  const transaction = await begin()
  const inside = users.withTransaction(transaction)
  await inside.createUser(ben)
  await commit(transaction)
  inside.committed()
  await expect(inside.getUser('ada')).rejects.toThrow(ClosedError)
  await expect(inside.getUser('ada')).rejects.toThrow('this transaction is over')
  await expect(inside.iterateUsers().next()).rejects.toThrow(ClosedError)
  await expect(users.getUser('ada')).resolves.toBeDefined()
})

test('the close of the service waits for what runs inside a transaction, and refuses what comes later', async () => {
  const held = deferred()
  const { users, begin } = await setUp({}, (inside) => ({
    ...inside,
    async findUser(by) {
      await held.promise
      return inside.findUser(by)
    },
  }))
  const inside = users.withTransaction(await begin())
  const running = inside.getUser('ada')
  let isClosed = false
  const closing = users.close().then(() => {
    isClosed = true
  })
  await expect(inside.listUsers()).rejects.toThrow('the users service is closed')
  expect(() => users.withTransaction({})).toThrow(ClosedError)
  expect(isClosed).toBe(false)
  held.resolve()
  await expect(running).resolves.toMatchObject({ id: 'ada' })
  await closing
})

test('inside there are all operations but those that are about the service as a whole', async () => {
  const { users, begin } = await setUp()
  const { close: _, sweep: __, withTransaction: ___, ...operations } = users
  const inside = users.withTransaction(await begin())
  expect(Object.keys(inside).toSorted()).toEqual([...Object.keys(operations), 'committed'].toSorted())
})
