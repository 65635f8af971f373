import { expect, expectTypeOf, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { InvalidInputError, TooBusyError, type UsersService } from '../../src/index.js'
import { createTestUsers, type UsersOperation } from '../../src/testing/index.js'
import { contents } from '../service/copy/copied-world.js'
import { setUp } from '../service/transactions.js'

const failure = new TooBusyError()
const login = { email: 'ada@example.com', password: 'correct horse' }

/** Every operation, as a call that does something; the compiler knows when one is missing. */
const calls: Record<
  Exclude<UsersOperation, 'withTransaction'>,
  (users: UsersService, secret: string, sessionId: string) => Promise<unknown>
> = {
  listUsers: (users) => users.listUsers(),
  iterateUsers: (users) => users.iterateUsers().next(),
  getUser: (users) => users.getUser('ada'),
  findUserByEmail: (users) => users.findUserByEmail(login.email),
  getUserPrefs: (users) => users.getUserPrefs('ada'),
  getUserSessions: (users) => users.getUserSessions('ada'),
  getUserLogs: (users) => users.getUserLogs('ada'),
  createUser: (users) => users.createUser({ email: 'ben@example.com' }),
  updateUserStatus: (users) => users.updateUserStatus('ada', { status: 'blocked' }),
  updateUserPrefs: (users) => users.updateUserPrefs('ada', { prefs: { a: 1 } }),
  updateUserName: (users) => users.updateUserName('ada', { name: 'Ada' }),
  updateUserEmail: (users) => users.updateUserEmail('ada', { email: 'lovelace@example.com' }),
  updateUserPassword: (users) => users.updateUserPassword('ada', { password: 'battery staple' }),
  deleteUser: (users) => users.deleteUser('ada'),
  createUserSession: (users) => users.createUserSession('ada'),
  verifyUserSession: (users, secret) => users.verifyUserSession(secret),
  signOut: (users, secret) => users.signOut(secret),
  deleteUserSession: (users, _, sessionId) => users.deleteUserSession('ada', sessionId),
  deleteUserSessions: (users) => users.deleteUserSessions('ada'),
  verifyUserPassword: (users) => users.verifyUserPassword(login),
  signIn: (users) => users.signIn(login),
  recordUserActivity: (users) => users.recordUserActivity('ada', { event: 'tea.made' }),
  sweep: (users) => users.sweep({ activityBefore: new Date('2027-01-01') }),
  close: (users) => users.close(),
}

test.each(Object.entries(calls))('the next call of %s rejects with the error and does nothing', async (name, call) => {
  const storage = memoryStorage()
  const { users, events, failNext } = createTestUsers({ storage })
  await users.createUser({ ...login, id: 'ada' })
  const { secret, session } = await users.createUserSession('ada')
  const before = await contents(storage)
  events.splice(0)
  // Typed as a name by the table that it comes from.
  failNext(name as UsersOperation, failure)
  await expect(call(users, secret, session.id)).rejects.toBe(failure)
  expect(events).toEqual([])
  expect(await contents(storage)).toEqual(before)
  await expect(call(users, secret, session.id)).resolves.not.toThrow()
})

test('the operations that can fail are all that the service has', () => {
  const { users } = createTestUsers()
  expect(Object.keys(users).toSorted()).toEqual([...Object.keys(calls), 'withTransaction'].toSorted())
})

test('withTransaction throws, and what is called on its answer fails too', async () => {
  const { users, failNext, begin, commit, events } = await setUp()
  const transaction = await begin()
  failNext('withTransaction', failure)
  expect(() => users.withTransaction(transaction)).toThrow(failure)
  const inside = users.withTransaction(transaction)
  failNext('updateUserName', failure)
  await expect(inside.updateUserName('ada', { name: 'Ada' })).rejects.toBe(failure)
  await inside.updateUserName('ada', { name: 'Lovelace' })
  await commit(transaction)
  inside.committed()
  expect(events.map(({ event }) => event)).toEqual(['user.created', 'user.name-updated'])
  expect((await users.getUser('ada')).name).toBe('Lovelace')
})

test('only the named operation fails, once for each failure, in the order in which they were asked for', async () => {
  const { users, failNext, aUser } = createTestUsers()
  const [first, second] = [new Error('first'), new Error('second')]
  failNext('createUser', first)
  failNext('createUser', second)
  expect((await users.listUsers()).items).toEqual([])
  const outcomes = await Promise.allSettled([1, 2, 3].map(() => users.createUser(aUser())))
  expect(outcomes).toMatchObject([{ reason: first }, { reason: second }, { status: 'fulfilled' }])
})

test('an operation that another one is made of does not spend its failure', async () => {
  const { users, failNext } = createTestUsers()
  await users.createUser(login)
  failNext('verifyUserPassword', failure)
  failNext('listUsers', failure)
  await users.signIn(login)
  for await (const { email } of users.iterateUsers()) expect(email).toBe(login.email)
  await expect(users.verifyUserPassword(login)).rejects.toBe(failure)
})

test('disposal fails as close does, and the service is open until it is closed', async () => {
  const { users, failNext } = createTestUsers()
  failNext('close', failure)
  await expect(users[Symbol.asyncDispose]()).rejects.toBe(failure)
  await users.listUsers()
  await users[Symbol.asyncDispose]()
  await expect(users.listUsers()).rejects.toMatchObject({ code: 'closed' })
})

test('a name that is no operation is refused, by the compiler too', () => {
  const { failNext } = createTestUsers()
  expectTypeOf<UsersOperation>().exclude<keyof UsersService>().toBeNever()
  expectTypeOf<'createUsr'>().not.toExtend<UsersOperation>()
  for (const name of ['createUsr', 'toString', 'committed', '', Symbol.asyncDispose]) {
    // What the compiler would not let through.
    expect(() => failNext(name as UsersOperation, failure), String(name)).toThrow(InvalidInputError)
  }
  expect(() => failNext('createUsr' as UsersOperation, failure)).toThrow(/operation must be one of .*createUser/)
  expect(() => failNext('createUser', undefined as unknown as Error)).toThrow('error must be an error')
})
