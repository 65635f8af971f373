import { expect, test } from 'vitest'
import { expressUsers } from '../../adapters/express/index.js'
import { memoryStorage } from '../../adapters/memory/index.js'
import {
  type BeforeCreate,
  copyUsers,
  createUsersService,
  InvalidInputError,
  InvalidOptionsError,
  UserRefusedError,
} from '../../src/index.js'
import { createTestUsers, insecureHasher } from '../../src/testing/index.js'
import { listen } from '../http/listen.js'
import { ada, ben, deferred, setUp as setUpTransactions } from './transactions.js'

const onlyOurs: BeforeCreate = ({ email }) => (email.endsWith('@example.com') ? undefined : 'is not of our company')
const stranger = { email: 'eve@example.org', password: 'battery staple' }

/** A service that counts its hashes. */
function setUp(beforeCreate: BeforeCreate) {
  const hasher = insecureHasher()
  const hashed: string[] = []
  const hash = (password: string) => {
    hashed.push(password)
    return hasher.hash(password)
  }
  return { ...createTestUsers({ beforeCreate, passwords: { ...hasher, hash } }), hashed }
}

test('a user whom the host refuses is not there, cost no hash and left no entry, and the reason is told', async () => {
  const { users, events, hashed } = setUp(onlyOurs)
  const refused = users.createUser(stranger)
  await expect(refused).rejects.toThrow(UserRefusedError)
  await expect(refused).rejects.toMatchObject({ code: 'user-refused', reason: 'is not of our company' })
  await expect(refused).rejects.toThrow('the user may not be created: is not of our company')
  expect(await users.findUserByEmail(stranger.email)).toBeUndefined()
  expect([hashed, events]).toEqual([[], []])
  await expect(users.createUser(ada)).resolves.toMatchObject({ email: ada.email })
})

test('the host hears who is to be created, checked and with all defaults, and who does it, but never the password', async () => {
  const asked: unknown[] = []
  const { users } = setUp((...all) => {
    asked.push(...all)
    return undefined
  })
  const { signal } = new AbortController()
  await users.createUser({ ...ada, id: 'ada', prefs: { theme: 'dark', gone: null } }, { by: { ip: '::ffff:1.2.3.4' } })
  await users.createUser({ email: ben.email, name: 'Ben', status: 'disabled' }, { by: { actor: 'boss' }, signal })
  const defaults = { emailVerified: false, name: '', status: 'active', prefs: {}, hasPassword: false }
  expect(asked).toEqual([
    { ...defaults, id: 'ada', email: ada.email, prefs: { theme: 'dark' }, hasPassword: true },
    { by: { ip: '1.2.3.4' } },
    { ...defaults, email: ben.email, name: 'Ben', status: 'disabled' },
    { by: { actor: 'boss' }, signal },
  ])
})

test('it is awaited, and nothing is hashed before it has answered', async () => {
  const asked = deferred()
  const answered = deferred()
  const { users, hashed } = setUp(async () => {
    asked.resolve()
    await answered.promise
    return undefined
  })
  const creating = users.createUser(ada)
  await asked.promise
  expect(hashed).toEqual([])
  answered.resolve()
  await creating
  expect(hashed).toEqual([ada.password])
})

test('what the host does to what it is given changes nothing', async () => {
  const { users } = setUp((user) => {
    Reflect.set(user, 'status', 'blocked')
    Reflect.set(user.prefs, 'theme', 'forged')
    return undefined
  })
  const made = await users.createUser({ ...ada, prefs: { theme: 'dark' } })
  expect(made).toMatchObject({ status: 'active', prefs: { theme: 'dark' } })
})

test('what the host throws is thrown as it is, and nothing is created', async () => {
  const own = new Error('the directory is down')
  for (const beforeCreate of [() => Promise.reject(own), () => fail(own)]) {
    const { users, events } = setUp(beforeCreate)
    await expect(users.createUser(ada)).rejects.toBe(own)
    expect(events).toEqual([])
  }
})

test.each([true, false, null, 0, {}])('an answer of %j lets nobody in: it is a fault of the host', async (answer) => {
  const { users, events } = setUp(() => answer as never)
  await expect(users.createUser(ada)).rejects.toThrow(InvalidOptionsError)
  expect(events).toEqual([])
})

test('it is asked once for a user whose id has to be made anew, and not for one that is refused before', async () => {
  const asked: string[] = []
  const ids = ['same', 'e1', 'same', 'e2', 'other', 'e3']
  const users = createUsersService({
    storage: memoryStorage(),
    passwords: insecureHasher(),
    newId: () => ids.shift() ?? 'none',
    beforeCreate: ({ email }) => {
      asked.push(email)
      return undefined
    },
  })
  await users.createUser({ email: ada.email })
  expect(await users.createUser(ben)).toMatchObject({ id: 'other' })
  await expect(users.createUser({ email: 'nonsense' })).rejects.toMatchObject({ path: 'email' })
  await expect(users.createUser({ email: 'c@example.com', password: 'short' })).rejects.toThrow()
  await expect(users.createUser({ email: 'ADA@example.com' })).rejects.toMatchObject({ code: 'email-taken' })
  expect(asked).toEqual([ada.email, ben.email])
})

test('a call that is aborted while the host decides hashes and commits nothing', async () => {
  const controller = new AbortController()
  const { users, hashed, events } = setUp(async (_, { signal }) => {
    controller.abort(new Error('the client went away'))
    expect(signal?.aborted).toBe(true)
    return undefined
  })
  for (const user of [ada, { email: ben.email }]) {
    await expect(users.createUser(user, { signal: controller.signal })).rejects.toThrow('the client went away')
  }
  expect([hashed, events]).toEqual([[], []])
})

test('inside a transaction of the host it is asked too, and a refusal leaves the transaction as it was', async () => {
  const { users, begin, commit } = await setUpTransactions({ beforeCreate: onlyOurs })
  const transaction = await begin()
  const inside = users.withTransaction(transaction)
  await expect(inside.createUser(stranger)).rejects.toThrow(UserRefusedError)
  await inside.createUser({ ...ben, id: 'ben' })
  await commit(transaction)
  expect((await users.listUsers()).items.map(({ id }) => id)).toEqual(['ada', 'ben'])
})

test('users who are copied are not asked about: they are there already', async () => {
  const [source, target] = [memoryStorage(), memoryStorage()]
  await createTestUsers({ storage: source }).users.createUser(stranger)
  await copyUsers(source, target)
  const { users } = createTestUsers({ storage: target, beforeCreate: onlyOurs })
  expect(await users.findUserByEmail(stranger.email)).toBeDefined()
})

test('over HTTP a refusal is a 403 with the reason, a wrong field is a 400, and a fault is no answer but an error', async () => {
  const errors: unknown[] = []
  const asked: unknown[] = []
  const own = new Error('postgres://root:hunter2@directory')
  const { users } = setUp((user, { by }) => {
    asked.push([user.status, by.actor])
    if (user.email.startsWith('fault')) throw own
    if (user.name === 'Root') throw new InvalidInputError([{ path: 'name', message: 'is reserved' }])
    return onlyOurs(user, { by })
  })
  const router = expressUsers({
    users,
    authorize: () => ({ caller: { actor: 'key 1' }, scopes: ['users.write'] }),
    logger: { warn: () => {}, error: (details) => errors.push(details) },
  })
  const server = await listen(router)
  const post = async (fields: object) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${server.url}/users`, { method: 'POST', headers, body: JSON.stringify(fields) })
    return { status: answer.status, body: await answer.json() }
  }
  expect(await post(stranger)).toMatchObject({
    status: 403,
    body: {
      message: 'the user may not be created: is not of our company',
      code: 403,
      type: 'general_access_forbidden',
    },
  })
  expect(await post({ ...ada, name: 'Root' })).toMatchObject({
    status: 400,
    body: { message: 'Invalid name: Value is reserved' },
  })
  const fault = await post({ ...ada, email: 'fault@example.com' })
  expect(fault.status).toBe(500)
  expect(JSON.stringify(fault.body)).not.toContain('hunter2')
  expect(errors).toMatchObject([{ err: own }])
  expect(await post(ada)).toMatchObject({ status: 201 })
  expect(new Set(asked.map((each) => JSON.stringify(each)))).toEqual(new Set(['["disabled","key 1"]']))
  await server.stop()
})

function fail(error: Error): never {
  throw error
}
