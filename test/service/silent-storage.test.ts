import { getEventListeners } from 'node:events'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { ClosedError, copyUsers } from '../../src/index.js'
import { createTestUsers } from '../../src/testing/index.js'
import { ada, everyOperation } from './every-operation.js'
import { silentStorage } from './silent-storage.js'

const reason = new Error('the client went away')
const prefsOf = (n: number) => ({ prefs: { n } })

async function setUp(options: Parameters<typeof createTestUsers>[0] = {}) {
  const silent = silentStorage()
  const world = createTestUsers({ storage: silent.storage, ...options })
  await world.users.createUser({ ...ada, id: 'ada' })
  silent.begun.length = 0
  world.events.length = 0
  return { ...world, ...silent }
}

// A secret of the right form is needed to come as far as the storage, which holds for those of the table.
test.each(Object.entries(everyOperation))(
  '%s rejects with the reason of its signal while the storage says nothing [B-136]',
  async (_, run) => {
    const { users, hold } = await setUp()
    hold()
    const controller = new AbortController()
    const call = run(users, { signal: controller.signal })
    await turn()
    controller.abort(reason)
    await expect(call).rejects.toBe(reason)
  },
)

test('copyUsers rejects with the reason of its signal while a storage says nothing [B-136]', async () => {
  const { storage, hold } = silentStorage()
  hold()
  const controller = new AbortController()
  const copy = copyUsers(storage, memoryStorage(), { signal: controller.signal })
  await turn()
  controller.abort(reason)
  await expect(copy).rejects.toBe(reason)
})

test('a change that is aborted on its way may still be made: its event is told, and the next one waits for it [B-136]', async () => {
  const { users, hold, release, events, begun } = await setUp()
  hold('commit')
  const controller = new AbortController()
  const first = users.updateUserPrefs('ada', prefsOf(1), { signal: controller.signal })
  await turn()
  controller.abort(reason)
  await expect(first).rejects.toBe(reason)
  const second = users.updateUserPrefs('ada', { prefs: { other: true } })
  await turn()
  expect(begun).toEqual(['findUser', 'commit'])
  release()
  expect(await second).toEqual({ n: 1, other: true })
  expect(events.map(({ event }) => event)).toEqual(['user.prefs-updated', 'user.prefs-updated'])
})

test.each(['updateUserPrefs', 'deleteUser', 'createUserSession', 'signOut', 'createUser', 'updateUserPassword'])(
  '%s that is aborted while it reads begins no commit [B-136]',
  async (name) => {
    const { users, hold, release, begun } = await setUp()
    const { secret } = await users.createUserSession('ada')
    begun.length = 0
    hold()
    const controller = new AbortController()
    const options = { signal: controller.signal }
    const call = name === 'signOut' ? users.signOut(secret, options) : everyOperation[name]?.(users, options)
    await turn()
    controller.abort(reason)
    await expect(call).rejects.toBe(reason)
    release()
    await users.close()
    expect(begun).toHaveLength(1)
    expect(begun).not.toContain('commit')
  },
)

test('a change that is aborted while it waits for its turn leaves the turn to the next [B-136]', async () => {
  const { users, hold, release } = await setUp()
  hold('commit')
  const first = users.updateUserPrefs('ada', prefsOf(1))
  const controller = new AbortController()
  const second = users.updateUserPrefs('ada', prefsOf(2), { signal: controller.signal })
  const third = users.updateUserPrefs('ada', { prefs: { third: true } })
  await turn()
  controller.abort(reason)
  await expect(second).rejects.toBe(reason)
  release()
  expect(await first).toEqual({ n: 1 })
  expect(await third).toEqual({ n: 1, third: true })
})

test('one signal serves any number of calls: without a warning, and without a listener after the last [B-136]', async () => {
  const warnings: Error[] = []
  const warn = (warning: Error) => void warnings.push(warning)
  process.on('warning', warn)
  onTestFinished(() => void process.off('warning', warn))
  const { users, hold, release } = await setUp({ hashing: { concurrency: 1 } })
  const { signal } = new AbortController()
  hold()
  const reads = Array.from({ length: 100 }, () => users.getUser('ada', { signal }))
  await turn()
  expect(getEventListeners(signal, 'abort').length).toBeLessThanOrEqual(1)
  release()
  await Promise.all(reads)
  await Promise.all(Array.from({ length: 100 }, () => users.verifyUserPassword(ada, { signal })))
  for await (const _ of users.iterateUsers({}, { signal }));
  await expect(users.getUser('nobody', { signal })).rejects.toMatchObject({ code: 'user-not-found' })
  await turn()
  expect(getEventListeners(signal, 'abort')).toEqual([])
  expect(warnings).toEqual([])
})

test("a failure that comes after the signal is nobody's: it ends no process [B-136]", async () => {
  const rejections: unknown[] = []
  const note = (error: unknown) => void rejections.push(error)
  process.on('unhandledRejection', note)
  onTestFinished(() => void process.off('unhandledRejection', note))
  const { users, hold, release, storage } = await setUp()
  hold()
  const controller = new AbortController()
  const call = users.getUser('ada', { signal: controller.signal })
  await turn()
  controller.abort(reason)
  await expect(call).rejects.toBe(reason)
  await storage.close()
  release()
  await turn()
  await turn()
  expect(rejections).toEqual([])
})

function closedAs(close: (options?: { readonly timeoutMs?: number }) => Promise<void>) {
  const warned: object[] = []
  const silent = silentStorage()
  const { users } = createTestUsers({
    storage: { ...silent.storage, close },
    closeTimeoutMs: 100,
    logger: { warn: (what) => void warned.push(what), error: () => {} },
  })
  return { ...silent, users, warned }
}

test('close ends in its time while the storage says nothing: who waits is told, and the storage is closed [B-137]', async () => {
  const closes: unknown[] = []
  const { users, hold, warned } = closedAs(async (options) => void closes.push(options?.timeoutMs))
  hold()
  const waiting = [users.getUser('ada'), users.createUser(ada), users.signIn(ada), users.iterateUsers().next()]
  const told = Promise.allSettled(waiting)
  const start = performance.now()
  await users.close()
  expect(performance.now() - start).toBeLessThan(2000)
  for (const { status, reason: error } of (await told) as PromiseRejectedResult[]) {
    expect([status, error]).toEqual(['rejected', expect.any(ClosedError)])
    expect(error.message).toContain('before this call ended')
  }
  expect(closes).toEqual([0])
  expect(warned).toEqual([{ stillRunning: 4 }])
})

test('close ends in its time while the storage does not end [B-137]', async () => {
  const { users, warned } = closedAs(() => new Promise(() => {}))
  const start = performance.now()
  await users.close()
  expect(performance.now() - start).toBeLessThan(2000)
  expect(warned).toEqual([{ stillRunning: 0 }])
  await expect(users.listUsers()).rejects.toThrow(ClosedError)
})

test('close is told of a storage that cannot be closed, and leaves the storage its time [B-137]', async () => {
  const timeouts: unknown[] = []
  const { users, warned } = closedAs(async (options) => {
    timeouts.push(options?.timeoutMs)
    throw new Error('the disk is gone')
  })
  await expect(users.close()).rejects.toThrow('the disk is gone')
  expect(timeouts).toEqual([expect.any(Number)])
  expect(timeouts[0]).toBeGreaterThan(0)
  expect(warned).toEqual([])
})

test('what an interrupted operation still does is done, and its event is told [B-137]', async () => {
  const { storage, hold, release } = silentStorage()
  const { users, events } = createTestUsers({
    // That of a host, which stays open.
    storage: { ...storage, async close() {} },
    closeTimeoutMs: 50,
    logger: { warn: () => {}, error: () => {} },
  })
  await users.createUser({ ...ada, id: 'ada' })
  hold('commit')
  const told = expect(users.updateUserPrefs('ada', prefsOf(1))).rejects.toThrow(ClosedError)
  await users.close()
  await told
  release()
  await turn()
  expect(events.map(({ event }) => event)).toEqual(['user.created', 'user.prefs-updated'])
})
