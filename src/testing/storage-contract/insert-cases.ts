import assert from 'node:assert/strict'
import { aUserRecord } from './builders.js'
import { deleteUser, given, insertUser } from './changes.js'
import { assertConflict } from './conflicts.js'
import type { ContractCase } from './contract-case.js'
import { userIds } from './walks.js'

const ann = aUserRecord({ id: 'ann' })

/** `insertUser` and its conflicts. */
export const insertCases: readonly ContractCase[] = [
  {
    name: 'insertUser refuses an email that another user has [B-30]',
    async run(storage) {
      await given(storage, { users: [ann] })
      await assertConflict(storage, [insertUser(aUserRecord({ id: 'ben', emailKey: ann.emailKey }))], 'email-taken')
      assert.equal(await storage.findUser({ id: 'ben' }), undefined)
    },
  },
  {
    name: 'insertUser refuses an id that another user has [B-14, B-112]',
    async run(storage) {
      await given(storage, { users: [ann] })
      await assertConflict(storage, [insertUser(aUserRecord({ id: 'ann', email: 'ben@example.com' }))], 'id-taken')
      assert.equal(await storage.findUser({ emailKey: 'ben@example.com' }), undefined)
    },
  },
  {
    name: 'insertUser refuses the id of a deleted user [B-14, B-52]',
    async run(storage) {
      await given(storage, { users: [ann] })
      await storage.commit([deleteUser(ann)])
      await assertConflict(storage, [insertUser(aUserRecord({ id: 'ann', email: 'ben@example.com' }))], 'id-taken')
    },
  },
  {
    name: 'insertUser tells of the id when both the id and the email are taken',
    async run(storage) {
      await given(storage, { users: [ann, aUserRecord({ id: 'ben' })] })
      await assertConflict(storage, [insertUser(ann)], 'id-taken')
      await assertConflict(storage, [insertUser(aUserRecord({ id: 'ann', email: 'ben@example.com' }))], 'id-taken')
    },
  },
  {
    name: 'insertUser tells of the id when it is reserved and the email is taken',
    async run(storage) {
      await given(storage, { users: [ann, aUserRecord({ id: 'ben' })] })
      await storage.commit([deleteUser(ann)])
      await assertConflict(storage, [insertUser(aUserRecord({ id: 'ann', email: 'ben@example.com' }))], 'id-taken')
    },
  },
  {
    name: 'insertUser leaves the holder of an id or email as they were when it refuses [B-112]',
    async run(storage) {
      await given(storage, { users: [ann] })
      await assertConflict(storage, [insertUser({ ...ann, name: 'Other', version: 9 })], 'id-taken')
      await assertConflict(storage, [insertUser({ ...ann, id: 'ben', name: 'Other' })], 'email-taken')
      assert.deepEqual(await storage.findUser({ id: 'ann' }), ann)
      assert.deepEqual(await userIds(storage), ['ann'])
    },
  },
  {
    name: 'insertUser sees the users of its own commit',
    async run(storage) {
      await assertConflict(storage, [insertUser(ann), insertUser({ ...ann, emailKey: 'other' })], 'id-taken')
      await assertConflict(storage, [insertUser(ann), insertUser({ ...ann, id: 'ben' })], 'email-taken')
      assert.deepEqual(await userIds(storage), [])
    },
  },
  {
    name: 'insertUser lets users share everything but id and email key',
    async run(storage) {
      await given(storage, { users: [ann, { ...ann, id: 'ben', emailKey: 'ben@example.com' }] })
      assert.deepEqual(await userIds(storage), ['ann', 'ben'])
    },
  },
]
