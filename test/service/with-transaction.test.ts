import { expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import {
  CannotJoinTransactionError,
  ClosedError,
  type ConflictReason,
  InvalidOptionsError,
  StorageConflict,
  TransactionConflictError,
  type UsersInTransaction,
} from '../../src/index.js'
import { createTestUsers, insecureHasher, type TestUsersOptions } from '../../src/testing/index.js'
import { joinableStorage } from './transactions.js'

const ada = { email: 'ada@example.com', password: 'correct horse' }
const ben = { email: 'ben@example.com', password: 'battery staple' }

async function setUp(options: TestUsersOptions = {}, alter?: Parameters<typeof joinableStorage>[0]) {
  const { storage, begin, commit } = joinableStorage(alter)
  const world = createTestUsers({ storage, ...options })
  await world.users.createUser({ ...ada, id: 'ada' })
  return { ...world, storage, begin, commit }
}

function deferred() {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

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

test('an operation that is refused leaves nothing, and the transaction goes on', async () => {
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

test('a change inside waits for nobody, not even for a change of the same user that waits for the transaction', async () => {
  const held = deferred()
  const { storage, begin, commit } = joinableStorage()
  const { users } = createTestUsers({
    storage: {
      ...storage,
      async commit(changes) {
        // As a row that the host's transaction has locked: this goes on when that one is over.
        if (changes.some(({ op }) => op === 'replaceUser')) await held.promise
        await storage.commit(changes)
      },
    },
  })
  await users.createUser({ ...ada, id: 'ada' })
  const transaction = await begin()
  const inside = users.withTransaction(transaction)
  await inside.updateUserName('ada', { name: 'inside' })
  const outside = users.updateUserPrefs('ada', { prefs: { from: 'outside' } })
  await new Promise(setImmediate)
  await inside.updateUserStatus('ada', { status: 'blocked' })
  await commit(transaction)
  held.resolve()
  expect(await outside).toEqual({ from: 'outside' })
  expect(await users.getUser('ada')).toMatchObject({ name: 'inside', status: 'blocked', prefs: { from: 'outside' } })
})

const changing: Record<string, (inside: UsersInTransaction) => Promise<unknown>> = {
  createUser: (inside) => inside.createUser(ben),
  updateUserName: (inside) => inside.updateUserName('ada', { name: 'Ada' }),
  updateUserPassword: (inside) => inside.updateUserPassword('ada', { password: 'battery staple' }),
  deleteUser: (inside) => inside.deleteUser('ada'),
  createUserSession: (inside) => inside.createUserSession('ada'),
  deleteUserSessions: (inside) => inside.deleteUserSessions('ada'),
  recordUserActivity: (inside) => inside.recordUserActivity('ada', { event: 'x' }),
  signIn: (inside) => inside.signIn(ada),
  'signIn with a wrong password': (inside) => inside.signIn({ ...ada, password: 'wrong horse' }),
}

/** A storage whose commits inside a transaction all end in a conflict. */
function refusing(reason: ConflictReason) {
  const tries = { count: 0 }
  const options = setUp({}, (inside) => ({
    ...inside,
    async commit() {
      tries.count++
      throw new StorageConflict(reason, { cause: new Error('could not serialize access') })
    },
  }))
  return { tries, options }
}

test.each(Object.entries(changing))('%s that meets another transaction is not tried again', async (_, run) => {
  const { tries, options } = refusing('busy')
  const { users, begin, events } = await options
  const inside = users.withTransaction(await begin())
  const error = await run(inside).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(TransactionConflictError)
  expect(error).toMatchObject({
    code: 'transaction-conflict',
    message: 'another transaction was in the way: roll yours back and run it again from its start',
    cause: { code: 'storage-conflict', reason: 'busy', cause: { message: 'could not serialize access' } },
  })
  expect(tries.count).toBe(1)
  inside.committed()
  expect(events).toHaveLength(1)
})

test('a change of a user whom somebody else changed meanwhile is not tried again either', async () => {
  const { tries, options } = refusing('stale-user')
  const { users, begin } = await options
  for (const name of ['updateUserName', 'updateUserPassword', 'deleteUser']) {
    tries.count = 0
    const run = changing[name]?.(users.withTransaction(await begin()))
    await expect(run).rejects.toMatchObject({ code: 'transaction-conflict', cause: { reason: 'stale-user' } })
    expect(tries.count).toBe(1)
  }
})

test('a read that meets another transaction says so too', async () => {
  const { users, begin } = await setUp({}, (inside) => ({
    ...inside,
    findUser: () => Promise.reject(new StorageConflict('busy')),
  }))
  const inside = users.withTransaction(await begin())
  await expect(inside.getUser('ada')).rejects.toThrow(TransactionConflictError)
})

test('what may fail without harm outside is told inside, where the transaction cannot go on', async () => {
  const hasher = insecureHasher()
  const day = 24 * 60 * 60 * 1000
  const busyFor = (op: string) =>
    setUp({ passwords: { ...hasher, needsRehash: () => true }, sessions: { idleTimeoutMs: day } }, (inside) => ({
      ...inside,
      async commit(changes) {
        if (changes.some((change) => change.op === op)) throw new StorageConflict('busy')
        await inside.commit(changes)
      },
    }))
  const rehashing = await busyFor('replaceUser')
  const signIn = rehashing.users.withTransaction(await rehashing.begin()).signIn(ada)
  await expect(signIn).rejects.toThrow(TransactionConflictError)
  const touching = await busyFor('touchSession')
  const { secret } = await touching.users.createUserSession('ada')
  touching.clock.advance(day / 2)
  const verifying = touching.users.withTransaction(await touching.begin()).verifyUserSession(secret)
  await expect(verifying).rejects.toThrow(TransactionConflictError)
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
  await expect(inside.getUser('ada')).rejects.toThrow('the transaction of this users service is over')
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
