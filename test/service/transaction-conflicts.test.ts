import { expect, test } from 'vitest'
import {
  type ConflictReason,
  StorageConflict,
  TransactionConflictError,
  type UsersInTransaction,
} from '../../src/index.js'
import { createTestUsers, insecureHasher } from '../../src/testing/index.js'
import { ada, ben, deferred, joinableStorage, setUp } from './transactions.js'

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
    message: 'another transaction was in the way: roll yours back and run it again from the start',
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
