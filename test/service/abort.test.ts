import { expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import type { CallOptions, UsersService, UsersStorage } from '../../src/index.js'
import { createTestUsers, insecureHasher } from '../../src/testing/index.js'

const reason = new Error('the client went away')
const ada = { email: 'ada@example.com', password: 'correct horse' }

const operations: Record<string, (users: UsersService, options: CallOptions) => Promise<unknown>> = {
  listUsers: (users, options) => users.listUsers({}, options),
  iterateUsers: async (users, options) => users.iterateUsers({}, options).next(),
  getUser: (users, options) => users.getUser('ada', options),
  findUserByEmail: (users, options) => users.findUserByEmail(ada.email, options),
  getUserPrefs: (users, options) => users.getUserPrefs('ada', options),
  getUserSessions: (users, options) => users.getUserSessions('ada', {}, options),
  getUserLogs: (users, options) => users.getUserLogs('ada', {}, options),
  createUser: (users, options) => users.createUser({ email: 'b@example.com', password: 'battery staple' }, options),
  updateUserStatus: (users, options) => users.updateUserStatus('ada', { status: 'blocked' }, options),
  updateUserPrefs: (users, options) => users.updateUserPrefs('ada', { prefs: { a: 1 } }, options),
  updateUserName: (users, options) => users.updateUserName('ada', { name: 'Ada' }, options),
  updateUserEmail: (users, options) => users.updateUserEmail('ada', { email: 'b@example.com' }, options),
  updateUserPassword: (users, options) => users.updateUserPassword('ada', { password: 'battery staple' }, options),
  deleteUser: (users, options) => users.deleteUser('ada', options),
  createUserSession: (users, options) => users.createUserSession('ada', options),
  verifyUserSession: (users, options) => users.verifyUserSession('A'.repeat(43), options),
  signOut: (users, options) => users.signOut('A'.repeat(43), options),
  deleteUserSession: (users, options) => users.deleteUserSession('ada', 'x', options),
  deleteUserSessions: (users, options) => users.deleteUserSessions('ada', options),
  verifyUserPassword: (users, options) => users.verifyUserPassword(ada, options),
  signIn: (users, options) => users.signIn(ada, options),
  recordUserActivity: (users, options) => users.recordUserActivity('ada', { event: 'x' }, options),
  sweep: (users, options) => users.sweep({}, options),
}

async function setUp() {
  const storage = memoryStorage()
  const hasher = insecureHasher()
  const calls: string[] = []
  const hooks = { whileHashing: () => {} }
  const note =
    <Args extends unknown[], T>(name: string, method: (...args: Args) => T) =>
    (...args: Args): T => {
      calls.push(name)
      return method(...args)
    }
  const spied: UsersStorage = {
    ...storage,
    findUser: note('findUser', storage.findUser),
    listUsers: note('listUsers', storage.listUsers),
    findSession: note('findSession', storage.findSession),
    listSessions: note('listSessions', storage.listSessions),
    listActivity: note('listActivity', storage.listActivity),
    commit: note('commit', storage.commit),
    sweep: note('sweep', storage.sweep),
  }
  const world = createTestUsers({
    storage: spied,
    passwords: {
      ...hasher,
      hash: note('hash', async (password) => {
        hooks.whileHashing()
        return hasher.hash(password)
      }),
      verify: note('verify', async (hash, password) => {
        hooks.whileHashing()
        return hasher.verify(hash, password)
      }),
    },
  })
  await world.users.createUser({ ...ada, id: 'ada' })
  await world.users.verifyUserPassword(ada)
  calls.length = 0
  return { ...world, calls, hooks }
}

test.each(Object.entries(operations))(
  '%s with a signal that is aborted already does nothing [B-44]',
  async (_, run) => {
    const { users, calls } = await setUp()
    await expect(run(users, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(calls).toEqual([])
  },
)

test.each(['createUser', 'updateUserPassword', 'signIn', 'verifyUserPassword'])(
  '%s that is aborted while it hashes commits nothing [B-44]',
  async (name) => {
    const { users, calls, hooks, events } = await setUp()
    const controller = new AbortController()
    hooks.whileHashing = () => controller.abort(reason)
    const before = events.length
    const then = await users.listUsers()
    await expect(operations[name]?.(users, { signal: controller.signal })).rejects.toBe(reason)
    expect(calls).not.toContain('commit')
    expect(await users.listUsers()).toEqual(then)
    expect(events).toHaveLength(before)
    hooks.whileHashing = () => {}
    await expect(users.verifyUserPassword(ada)).resolves.toBeDefined()
  },
)

test('a signal that is never aborted changes nothing', async () => {
  for (const run of Object.values(operations)) {
    const { users } = await setUp()
    const [plain, signalled] = await Promise.allSettled([
      run((await setUp()).users, {}),
      run(users, { signal: new AbortController().signal }),
    ])
    expect(signalled.status).toBe(plain.status)
  }
})

test('every operation of the service is in this table', async () => {
  const { users } = await setUp()
  const names = Object.keys(users).filter((name) => name !== 'close' && name !== 'withTransaction')
  expect(Object.keys(operations).toSorted()).toEqual(names.toSorted())
})
