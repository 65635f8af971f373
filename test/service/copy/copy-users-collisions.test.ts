import { expect, test } from 'vitest'
import { memoryStorage } from '../../../adapters/memory/index.js'
import { type Change, CopyCollisionError, copyUsers, type UsersStorage } from '../../../src/index.js'
import { anEntry, aSession, at, aUserRecord } from '../../../src/testing/storage-contract/builders.js'
import {
  appendActivity,
  insertSession,
  insertTombstone,
  insertUser,
} from '../../../src/testing/storage-contract/changes.js'
import { contents, copiedWorld } from './copied-world.js'

const foreign: readonly (readonly [string, string, readonly Change[]])[] = [
  ['user', 'stranger', [insertUser(aUserRecord({ id: 'stranger' }))]],
  ['user', 'u0', [insertUser(aUserRecord({ id: 'u0', name: 'another' }))]],
  ['activity', 'e0', [appendActivity(anEntry({ id: 'x' }))]],
  ['tombstone', 't0', [insertTombstone({ id: 't0', deletedAt: at(9), actor: undefined })]],
  ['tombstone', 't0', [insertTombstone({ id: 'stranger', deletedAt: at(0), actor: undefined })]],
]

test.each(foreign)(
  'a target that holds another %s is refused by a typed error, before anything is written',
  async (kind, id, changes) => {
    const [source, target] = [await copiedWorld(10), memoryStorage()]
    await target.commit(changes)
    const before = await contents(target)
    const expected = kind === 'user' ? 'u0' : id
    const error = await copyUsers(source, target).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(CopyCollisionError)
    expect(error).toMatchObject({ code: 'copy-collision', kind, id: expected })
    expect(String(error)).toContain(`the ${kind} "${expected}" is not the same in both storages`)
    expect(await contents(target)).toEqual(before)
  },
)

test('a target that holds more than the source is refused', async () => {
  const [source, target] = [await copiedWorld(10), memoryStorage()]
  await copyUsers(source, target)
  await target.commit([insertSession(aSession({ id: 'later', userId: 'u0' }))])
  await expect(copyUsers(source, target)).rejects.toMatchObject({ kind: 'session', id: 'later' })
})

test('a source that was changed between two calls is refused', async () => {
  const [source, target] = [await copiedWorld(10), memoryStorage()]
  await copyUsers(source, target)
  const [first] = (await contents(source)).users
  await source.commit([{ op: 'replaceUser', user: { ...aUserRecord(first), version: 2 }, expectedVersion: 1 }])
  await expect(copyUsers(source, target)).rejects.toMatchObject({ kind: 'user', id: 'u0' })
})

test('what is written to the source meanwhile and cannot be copied is named, and what comes before it is copied', async () => {
  const [source, target] = [await copiedWorld(10), memoryStorage()]
  const late: UsersStorage = {
    ...source,
    async walk(kind, part) {
      const user = aUserRecord({ id: 'late' })
      if (kind === 'sessions' && !(await source.findUser({ id: 'late' }))) {
        await source.commit([insertUser(user), insertSession(aSession({ id: 'theirs', userId: 'late' }))])
      }
      return source.walk(kind, part)
    },
  }
  await expect(copyUsers(late, target)).rejects.toMatchObject({
    kind: 'session',
    id: 'theirs',
    cause: { code: 'storage-conflict', reason: 'missing-user' },
  })
  expect((await contents(target)).sessions).toHaveLength(10)
})

test('fields that one storage leaves out and another has as undefined count as the same', async () => {
  const [source, target] = [await copiedWorld(10), memoryStorage()]
  await copyUsers(source, target)
  const terse: UsersStorage = {
    ...target,
    async walk(kind, part) {
      const page = await target.walk(kind, part)
      return { ...page, items: page.items.map((record) => ({ actor: undefined, ...record })) }
    },
  }
  await expect(copyUsers(source, terse)).resolves.toMatchObject({ activity: 17 })
})
