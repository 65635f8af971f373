import { AsyncLocalStorage } from 'node:async_hooks'
import { type TracingChannelSubscribers, tracingChannel } from 'node:diagnostics_channel'
import { inspect } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import type { OperationTrace } from '../../src/index.js'
import { createTestUsers } from '../../src/testing/index.js'
import { ada, everyOperation } from './every-operation.js'
import { ben, setUp as setUpTransactions } from './transactions.js'

const channel = tracingChannel<OperationTrace, OperationTrace>('rollbook:operation')
let subscribed: TracingChannelSubscribers<OperationTrace> | undefined

afterEach(() => {
  if (subscribed) channel.unsubscribe(subscribed)
  subscribed = undefined
})

/** Everything that the channel tells from now on: of a message, what it says at that moment. */
function listen() {
  const told: { step: string; message: OperationTrace; shown: string }[] = []
  const noting = (step: string) => (message: OperationTrace) =>
    told.push({ step, message, shown: inspect(message, { depth: null, showHidden: true, maxStringLength: null }) })
  subscribed = {
    start: noting('start'),
    end: noting('end'),
    asyncStart: noting('asyncStart'),
    asyncEnd: noting('asyncEnd'),
    error: noting('error'),
  }
  channel.subscribe(subscribed)
  return told
}

async function setUp() {
  const world = createTestUsers()
  await world.users.createUser({ ...ada, id: 'ada' })
  return world
}

const aboutNobody = [
  ...['listUsers', 'iterateUsers', 'findUserByEmail', 'createUser', 'verifyUserSession', 'signOut'],
  ...['verifyUserPassword', 'signIn', 'sweep'],
]

test.each(Object.entries(everyOperation))('%s is published, by its name and the id of its user', async (name, run) => {
  const { users } = await setUp()
  const told = listen()
  const [outcome] = await Promise.allSettled([run(users)])
  const failed = outcome.status === 'rejected'
  expect(told.map(({ step }) => step)).toEqual(['start', 'end', ...(failed ? ['error'] : []), 'asyncStart', 'asyncEnd'])
  // A walk is told of by its pages.
  const operation = name === 'iterateUsers' ? 'listUsers' : name
  const about = aboutNobody.includes(name) ? {} : { userId: 'ada' }
  const [{ message } = expect.fail('nothing was told')] = told
  expect(message).toEqual({ operation, ...about, ...(failed && { error: outcome.reason }) })
  for (const step of told) expect(step.message).toBe(message)
})

test('an operation answers the same with a subscriber as without', async () => {
  for (const run of Object.values(everyOperation)) {
    const outcome = async () => {
      const { users } = await setUp()
      const answer = await run(users).catch((error: unknown) => ({ error }))
      return inspect(answer, { depth: null }).replaceAll(/secret: '.{43}'|\n +at .*/g, '')
    }
    const plain = await outcome()
    listen()
    expect(await outcome()).toEqual(plain)
    if (subscribed) channel.unsubscribe(subscribed)
  }
})

test('no password, no secret and no email is published, not even one that was given as an id [B-61]', async () => {
  const { users } = await setUp()
  const told = listen()
  const { secret } = await users.signIn(ada)
  await users.verifyUserSession(secret)
  const refused = [
    ...[users.getUser(secret), users.getUser(ada.email), users.deleteUserSession('ada', secret)],
    ...[users.updateUserPassword('ada', { password: 'short-P' }), users.signIn({ ...ada, password: 'wrong horse' })],
    ...[users.createUser(ada), users.getUser({ password: 'correct horse' } as never)],
  ]
  for (const call of refused) await expect(call).rejects.toThrow()
  await users.findUserByEmail(ada.email)
  await users.updateUserPassword('ada', { password: 'battery staple' })
  await users.signOut(secret)
  const shown = told.map((step) => step.shown).join('\n')
  expect(told.filter(({ step }) => step === 'asyncEnd')).toHaveLength(12)
  // What was asked for is in an error that says it is not there, as in its message.
  const withoutIds = shown.replaceAll(/(?:user|session)Id: '.*'|id ".*"/g, '')
  for (const text of ['correct horse', 'wrong horse', 'short-P', 'battery staple', secret, ada.email]) {
    expect(withoutIds).not.toContain(text)
  }
  const messages = told.map(({ message: { error: _, ...rest } }) => JSON.stringify(rest)).join('\n')
  for (const text of [secret, ada.email]) expect(messages).not.toContain(text)
})

test('inside a transaction of the host each operation is published once', async () => {
  const { users, begin } = await setUpTransactions()
  const inside = users.withTransaction(await begin())
  const told = listen()
  await inside.createUser(ben)
  for await (const _ of inside.iterateUsers({ pageSize: 1 })) break
  expect(told.filter(({ step }) => step === 'start').map(({ message }) => message.operation)).toEqual([
    'createUser',
    'listUsers',
  ])
})

test('what is refused by a closed service is published too', async () => {
  const { users } = await setUp()
  await users.close()
  const told = listen()
  await expect(users.getUser('ada')).rejects.toThrow()
  expect(told.find(({ step }) => step === 'error')?.message.error).toMatchObject({ code: 'closed' })
})

test('a store that is bound to the start is that of the call, down to the storage, and of no other call', async () => {
  const storage = memoryStorage()
  const spans = new AsyncLocalStorage<OperationTrace>()
  const seen: unknown[] = []
  const { users } = createTestUsers({
    storage: {
      ...storage,
      async findUser(by) {
        seen.push(spans.getStore()?.userId)
        return storage.findUser(by)
      },
    },
  })
  channel.start.bindStore(spans, (message) => message)
  await Promise.allSettled(['ada', 'ben', 'cleo'].map((id) => users.getUser(id)))
  channel.start.unbindStore(spans)
  await expect(users.getUser('ada')).rejects.toThrow()
  expect(seen).toEqual(['ada', 'ben', 'cleo', undefined])
  expect(spans.getStore()).toBeUndefined()
})
