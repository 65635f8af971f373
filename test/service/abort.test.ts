import { expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import type { UsersStorage } from '../../src/index.js'
import { createTestUsers, insecureHasher } from '../../src/testing/index.js'
import { ada, everyOperation } from './every-operation.js'

const reason = new Error('the client went away')
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

test.each(Object.entries(everyOperation))(
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
    await expect(everyOperation[name]?.(users, { signal: controller.signal })).rejects.toBe(reason)
    expect(calls).not.toContain('commit')
    expect(await users.listUsers()).toEqual(then)
    expect(events).toHaveLength(before)
    hooks.whileHashing = () => {}
    await expect(users.verifyUserPassword(ada)).resolves.toBeDefined()
  },
)

test('a signal that is never aborted changes nothing', async () => {
  for (const run of Object.values(everyOperation)) {
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
  expect(Object.keys(everyOperation).toSorted()).toEqual(names.toSorted())
})
