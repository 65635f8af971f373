import { expect, test, vi } from 'vitest'
import { memoryStorage } from '../../../adapters/memory/index.js'
import { sqliteStorage } from '../../../adapters/sqlite/index.js'
import {
  type Change,
  type Copied,
  copyUsers,
  createUsersService,
  InvalidOptionsError,
  type Page,
  StorageConflict,
  type UsersStorage,
} from '../../../src/index.js'
import { insecureHasher } from '../../../src/testing/index.js'
import { contents, copiedWorld } from './copied-world.js'

const loose = (value: unknown) => value as never

/** A storage whose commits pass through here first. */
function intercepted(storage: UsersStorage, commit: (changes: readonly Change[]) => Promise<void>): UsersStorage {
  return { ...storage, commit }
}

test('a copy to SQLite and one from it hold all that the first storage held, in the same order', async () => {
  const source = await copiedWorld()
  const file = sqliteStorage(':memory:')
  const back = memoryStorage()
  const counts = { users: 1100, sessions: 1100, tokens: 1100, activity: 1107, tombstones: 1100 }
  expect(await copyUsers(source, file)).toEqual(counts)
  expect(await copyUsers(file, back)).toEqual(counts)
  const before = await contents(source)
  expect(before.activity.filter(({ userId }) => userId === undefined)).toHaveLength(277)
  expect(await contents(file)).toEqual(before)
  expect(await contents(back)).toEqual(before)
})

test('on the target passwords, sessions, logs, searches and reserved ids are as they were', async () => {
  const service = (storage: UsersStorage) => createUsersService({ storage, passwords: insecureHasher() })
  const [source, target] = [memoryStorage(), sqliteStorage(':memory:')]
  const [before, after] = [service(source), service(target)]
  const login = { email: 'ada@example.com', password: 'correct horse' }
  const ada = await before.createUser({ ...login, name: 'Ada Lovelace', prefs: { theme: 'dark' } })
  const { secret } = await before.signIn(login)
  await before.verifyUserPassword({ ...login, password: 'wrong horse' }).catch(() => {})
  await before.createUser({ email: 'gone@example.com', id: 'gone' })
  await before.deleteUser('gone')
  await copyUsers(source, target)
  expect(await after.getUser(ada.id)).toEqual(await before.getUser(ada.id))
  expect((await after.verifyUserSession(secret)).user.id).toBe(ada.id)
  expect((await after.getUserLogs(ada.id)).items).toEqual((await before.getUserLogs(ada.id)).items)
  expect((await after.listUsers({ search: 'love' })).items).toHaveLength(1)
  await expect(after.signIn(login)).resolves.toBeDefined()
  await expect(after.createUser({ email: 'new@example.com', id: 'gone' })).rejects.toMatchObject({ code: 'id-taken' })
})

test('a copy that is aborted again and again is gone on with by the next call, and doubles nothing', async () => {
  const source = await copiedWorld()
  const target = sqliteStorage(':memory:')
  const reason = new Error('enough')
  let calls = 0
  for (let isDone = false; !isDone; calls++) {
    const controller = new AbortController()
    const copying = intercepted(target, async (changes) => {
      await target.commit(changes)
      controller.abort(reason)
    })
    await copyUsers(source, copying, { signal: controller.signal }).then(
      () => (isDone = true),
      (error) => expect(error).toBe(reason),
    )
  }
  expect(calls).toBe(16)
  expect(await contents(target)).toEqual(await contents(source))
})

test.each([
  ['before it wrote anything', 'before'],
  ['after it wrote, so that nobody knows', 'after'],
])('a commit that fails %s loses and doubles nothing when the copy is run again', async (_, when) => {
  const source = await copiedWorld()
  const target = memoryStorage()
  let commits = 0
  const flaky = intercepted(target, async (changes) => {
    const fails = ++commits % 2 === 0
    if (fails && when === 'before') throw new Error('connection lost')
    await target.commit(changes)
    if (fails) throw new Error('connection lost')
  })
  let failures = 0
  const run = () => copyUsers(source, flaky).catch(() => failures++)
  while (typeof (await run()) === 'number');
  expect(failures).toBeGreaterThan(4)
  expect(await contents(target)).toEqual(await contents(source))
})

test('a storage that is busy is waited for', async () => {
  const source = await copiedWorld(10)
  const target = memoryStorage()
  let commits = 0
  const busy = intercepted(target, async (changes) => {
    if (++commits % 2 === 1) throw new StorageConflict('busy')
    await target.commit(changes)
  })
  await copyUsers(source, busy)
  expect(await contents(target)).toEqual(await contents(source))
})

test('progress tells after each step what the target has by now, also what it had before', async () => {
  const source = await copiedWorld()
  const target = memoryStorage()
  const controller = new AbortController()
  const first: Copied[] = []
  const onFirst = (copied: Copied) => {
    first.push(copied)
    if (copied.sessions === 500) controller.abort(new Error('enough'))
  }
  await copyUsers(source, target, { onProgress: onFirst, signal: controller.signal }).catch(() => {})
  expect(first.map(({ users, sessions }) => [users, sessions])).toEqual([
    [500, 0],
    [1000, 0],
    [1100, 0],
    [1100, 500],
  ])
  const second: Copied[] = []
  const copied = await copyUsers(source, target, { onProgress: (now) => second.push(now) })
  expect(second[3]).toEqual({ users: 1100, sessions: 500, tokens: 0, activity: 0, tombstones: 0 })
  expect(second.at(-1)).toEqual(copied)
  expect(copied).toEqual({ users: 1100, sessions: 1100, tokens: 1100, activity: 1107, tombstones: 1100 })
})

test('what progress throws ends the copy, and the next call goes on', async () => {
  const [source, target] = [await copiedWorld(), memoryStorage()]
  const onProgress = () => {
    throw new Error('the terminal is gone')
  }
  await expect(copyUsers(source, target, { onProgress })).rejects.toThrow('the terminal is gone')
  expect((await contents(target)).users).toHaveLength(500)
  await copyUsers(source, target)
  expect(await contents(target)).toEqual(await contents(source))
})

test('a copy of what is copied already writes nothing', async () => {
  const [source, target] = [await copiedWorld(), memoryStorage()]
  await copyUsers(source, target)
  const commit = vi.fn(target.commit)
  expect((await copyUsers(source, intercepted(target, commit))).users).toBe(1100)
  expect(commit).not.toHaveBeenCalled()
})

test('no step reads or commits more than 500 records, and other work runs between the steps', async () => {
  const [source, target] = [await copiedWorld(), memoryStorage()]
  const sizes: number[] = []
  const noted = (storage: UsersStorage): UsersStorage => ({
    ...storage,
    walk: (kind, part) => storage.walk(kind, part).then(note),
  })
  function note<T>(page: Page<T>): Page<T> {
    sizes.push(page.items.length)
    return page
  }
  let turns = 0
  const ticking = setInterval(() => turns++, 0)
  const commit = async (changes: readonly Change[]) => {
    sizes.push(changes.length)
    await target.commit(changes)
  }
  await copyUsers(noted(source), intercepted(noted(target), commit))
  clearInterval(ticking)
  expect(Math.max(...sizes)).toBe(500)
  expect(turns).toBeGreaterThan(5)
})

test.each([
  ['from', {}, memoryStorage(), {}],
  ['to', memoryStorage(), 'users.db', {}],
  ['onProgress', memoryStorage(), memoryStorage(), { onProgress: 'yes' }],
  ['signal', memoryStorage(), memoryStorage(), { signal: {} }],
  ['step', memoryStorage(), memoryStorage(), { step: 10 }],
])('a wrong %s is refused by its name', async (name, from, to, options) => {
  const call = copyUsers(loose(from), loose(to), loose(options))
  await expect(call).rejects.toThrow(InvalidOptionsError)
  await expect(call).rejects.toThrow(`copyUsers: ${name} `)
})

test('a storage is not copied into itself', async () => {
  const storage = memoryStorage()
  await expect(copyUsers(storage, storage)).rejects.toThrow('from and to must be two storages')
})

test('a copy that is aborted before it begins reads nothing', async () => {
  const source = memoryStorage()
  const listUsers = vi.fn(source.listUsers)
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(copyUsers({ ...source, listUsers }, memoryStorage(), { signal })).rejects.toThrow('enough')
  expect(listUsers).not.toHaveBeenCalled()
})
