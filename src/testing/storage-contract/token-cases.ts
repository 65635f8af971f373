import assert from 'node:assert/strict'
import type { TokenRecord } from '../../domain/token.js'
import type { Change, UsersStorage } from '../../ports/storage.js'
import { aSession, aToken, at, aUserRecord } from './builders.js'
import { deleteUser, given, insertSession, insertToken } from './changes.js'
import { assertConflict, raced } from './conflicts.js'
import type { ContractCase } from './contract-case.js'
import { idsOf } from './walks.js'

const users = [aUserRecord({ id: 'ann' }), aUserRecord({ id: 'ben' })]

const redeem = (tokenId: string, userId = 'ann'): Change => ({ op: 'redeemToken', userId, tokenId })

function aWorld(storage: UsersStorage, tokens: readonly TokenRecord[]): Promise<void> {
  return storage.commit([...users.map((user): Change => ({ op: 'insertUser', user })), ...tokens.map(insertToken)])
}

async function left(storage: UsersStorage): Promise<readonly string[]> {
  return idsOf(await storage.walk('tokens', { limit: 100 }))
}

/** One-time secrets: stored whole, redeemed once, and gone with their user or their time. */
export const tokenCases: readonly ContractCase[] = [
  {
    name: 'a token comes back whole, with what it is bound to and without what it is not',
    async run(storage) {
      const tokens = [
        aToken({ id: 't1', sessionEpoch: 2 ** 31 + 1, actor: 'root', purpose: 'password-reset' }),
        aToken({ id: 't2', email: 'Ann@Example.com', purpose: 'email-verification' }),
        aToken({ id: 't3', userId: 'ben', triesLeft: 0, sessionEpoch: 0, purpose: 'x'.repeat(32) }),
        aToken({ id: 't4', email: '', triesLeft: 5, createdAt: at(-1e12), expiresAt: at(1e12) }),
      ]
      await aWorld(storage, tokens)
      assert.deepEqual(await storage.walk('tokens', { limit: 10 }), { items: tokens })
    },
  },
  {
    name: 'insertToken refuses a user who is not there, or is there no more',
    async run(storage) {
      await assertConflict(storage, [insertToken(aToken())], 'missing-user')
      await aWorld(storage, [])
      await storage.commit([deleteUser(aUserRecord({ id: 'ann' }))])
      await assertConflict(storage, [insertToken(aToken())], 'missing-user')
      assert.deepEqual(await left(storage), [])
    },
  },
  {
    name: 'insertToken refuses an id and a hash that another token has, also of another user',
    async run(storage) {
      await aWorld(storage, [aToken()])
      await assertConflict(storage, [insertToken(aToken({ secretHash: 'other' }))], 'id-taken')
      await assertConflict(storage, [insertToken(aToken({ id: 't2', secretHash: 'hash of t1' }))], 'id-taken')
      await assertConflict(storage, [insertToken(aToken({ userId: 'ben', secretHash: 'other' }))], 'id-taken')
      assert.deepEqual(await storage.walk('tokens', { limit: 10 }), { items: [aToken()] })
      // Those of sessions are of another kind.
      await storage.commit([insertSession(aSession({ id: 't1', secretHash: 'hash of t1' }))])
    },
  },
  {
    name: 'redeemToken deletes the token, which then is missing, and leaves the others',
    async run(storage) {
      await aWorld(storage, [aToken({ id: 't1' }), aToken({ id: 't2' })])
      await storage.commit([redeem('t1')])
      assert.deepEqual(await left(storage), ['t2'])
      await assertConflict(storage, [redeem('t1')], 'missing-token')
      await storage.commit([insertToken(aToken({ id: 't1' }))])
      assert.deepEqual(await left(storage), ['t2', 't1'])
    },
  },
  {
    name: 'redeemToken refuses a token of another user, and one that was never made',
    async run(storage) {
      await aWorld(storage, [aToken()])
      await assertConflict(storage, [redeem('t1', 'ben')], 'missing-token')
      await assertConflict(storage, [redeem('t9')], 'missing-token')
      assert.deepEqual(await left(storage), ['t1'])
    },
  },
  {
    name: 'deleteTokens takes those of the user and the purpose, or all of the user, and no others',
    async run(storage) {
      await aWorld(storage, [
        aToken({ id: 't1', purpose: 'invite' }),
        aToken({ id: 't2', purpose: 'sign-in' }),
        aToken({ id: 't3', purpose: 'invite', userId: 'ben' }),
        aToken({ id: 't4', purpose: 'Invite' }),
      ])
      await storage.commit([{ op: 'deleteTokens', userId: 'ann', purpose: 'invite' }])
      assert.deepEqual(await left(storage), ['t2', 't3', 't4'])
      await storage.commit([{ op: 'deleteTokens', userId: 'ann' }])
      assert.deepEqual(await left(storage), ['t3'])
      await storage.commit([{ op: 'deleteTokens', userId: 'nobody' }])
      assert.deepEqual(await left(storage), ['t3'])
    },
  },
  {
    name: 'deleteUser takes the tokens of the user, and no others',
    async run(storage) {
      await aWorld(storage, [aToken({ id: 't1' }), aToken({ id: 't2', userId: 'ben' })])
      await storage.commit([deleteUser(aUserRecord({ id: 'ann' }))])
      assert.deepEqual(await left(storage), ['t2'])
      await assertConflict(storage, [redeem('t1')], 'missing-token')
    },
  },
  {
    name: 'a sweep takes tokens that expire at the moment or earlier, and no later ones',
    async run(storage) {
      const times = [99, 101, 100, -1e12, 1e12]
      await aWorld(
        storage,
        times.map((time, index) => aToken({ id: `t${index}`, expiresAt: at(time) })),
      )
      const { deleted, done } = await storage.sweep({ expiredAt: at(100), limit: 10 })
      assert.deepEqual([deleted.tokens, done], [3, true])
      assert.deepEqual(await left(storage), ['t1', 't4'])
    },
  },
  {
    name: 'the limit of a step counts tokens together with the rest',
    async run(storage) {
      const ids = ['1', '2', '3']
      await given(storage, { users, sessions: ids.map((id) => aSession({ id, expiresAt: at(0) })) })
      await storage.commit(ids.map((id) => insertToken(aToken({ id, expiresAt: at(0) }))))
      const steps = []
      do {
        const { deleted, done } = await storage.sweep({ expiredAt: at(0), limit: 2 })
        assert.ok(deleted.sessions + deleted.tokens <= 2)
        steps.push({ deleted, done })
      } while (!steps.at(-1)?.done && steps.length < 10)
      assert.equal(
        steps.reduce((all, { deleted }) => all + deleted.sessions + deleted.tokens, 0),
        6,
      )
      assert.deepEqual(await left(storage), [])
    },
  },
  {
    name: 'of 50 redemptions at once of one token exactly one succeeds, with what it does',
    async run(storage) {
      await aWorld(storage, [aToken()])
      const commits = Array.from({ length: 50 }, (_, index) => [
        redeem('t1'),
        insertSession(aSession({ id: `s${index}` })),
      ])
      assert.deepEqual(await raced(storage, commits), { done: 1, 'missing-token': 49 })
      assert.equal((await storage.walk('sessions', { limit: 100 })).items.length, 1)
    },
  },
  {
    name: 'of 20 tokens at once with one hash exactly one is kept',
    async run(storage) {
      await aWorld(storage, [])
      const commits = Array.from({ length: 20 }, (_, index) => [
        insertToken(aToken({ id: `t${index}`, secretHash: 'the same' })),
      ])
      assert.deepEqual(await raced(storage, commits), { done: 1, 'id-taken': 19 })
      assert.equal((await left(storage)).length, 1)
    },
  },
  {
    name: 'tokens that are made while their user is deleted are refused or gone',
    async run(storage) {
      await aWorld(storage, [])
      const makings = Array.from({ length: 20 }, (_, index) => [insertToken(aToken({ id: `t${index}` }))])
      const deletion = [deleteUser(aUserRecord({ id: 'ann' }))]
      const outcome = await raced(storage, [...makings.slice(0, 10), deletion, ...makings.slice(10)])
      assert.equal((outcome.done ?? 0) + (outcome['missing-user'] ?? 0), 21)
      assert.deepEqual(await left(storage), [])
    },
  },
]
