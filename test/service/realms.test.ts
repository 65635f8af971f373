import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { copyUsers, createUsersService, type UsersServiceOptions } from '../../src/index.js'
import { createTestUsers } from '../../src/testing/index.js'
import { silentStorage } from './silent-storage.js'

/** A value of another realm, as Jest, `vm` and `structuredClone` make them. It is an instance of none of our classes. */
const foreign = <T>(code: string): T => runInNewContext(code) as T

const signalCode = (aborted: boolean) => `(() => {
  class AbortSignal {
    aborted = ${aborted}
    reason = new Error('aborted elsewhere')
    throwIfAborted() { if (this.aborted) throw this.reason }
    addEventListener() {}
    removeEventListener() {}
  }
  return new AbortSignal()
})()`

test('plain objects of another realm are JSON, also inside others [B-129]', async () => {
  const { users } = createTestUsers()
  const prefs = foreign<object>(`({ theme: 'dark', list: [{ a: [1] }], deep: { b: Object.create(null) } })`)
  expect(prefs instanceof Object).toBe(false)
  const expected = { theme: 'dark', list: [{ a: [1] }], deep: { b: {} } }
  const { id } = await users.createUser({ email: 'ada@example.com', prefs: { ...prefs } })
  expect(await users.getUserPrefs(id)).toEqual(expected)
  const ben = await users.createUser(foreign(`({ email: 'ben@example.com', prefs: ${JSON.stringify(expected)} })`))
  expect(ben.prefs).toEqual(expected)
  await users.updateUserPrefs(ben.id, foreign(`({ prefs: { theme: null } })`))
  const entry = await users.recordUserActivity(
    id,
    foreign(`({ event: 'invoice.paid', details: { invoice: { n: 1 } } })`),
  )
  expect(entry.details).toEqual({ invoice: { n: 1 } })
})

test.each([
  'new Map()',
  'new Set()',
  'new (class Settings {})()',
  'new Date()',
  'Object.create({})',
  '[]',
  '(() => {})',
  '/a/',
])('%s of another realm is no JSON object, as one of ours is none [B-129]', async (code) => {
  const { users } = createTestUsers()
  const user = { email: 'ada@example.com' }
  for (const value of [foreign<never>(code), new Function(`return ${code}`)() as never]) {
    await expect(users.createUser({ ...user, prefs: value })).rejects.toMatchObject({ path: 'prefs' })
  }
  await expect(
    users.createUser({ ...user, prefs: { a: foreign<never>(code === '[]' ? '[() => 1]' : code) } }),
  ).rejects.toMatchObject({
    code: 'invalid-input',
  })
})

test('a date of another realm is a date, and what is written with it is one of ours [B-129]', async () => {
  const now = () => foreign<Date>(`new Date('2026-01-01')`)
  const storage = memoryStorage()
  const users = createUsersService({ storage, now })
  const { createdAt } = await users.createUser({ email: 'ada@example.com', id: 'ada' })
  expect(createdAt).toBeInstanceOf(Date)
  expect((await users.getUser('ada')).createdAt).toEqual(new Date('2026-01-01'))
  expect((await users.getUserLogs('ada')).items[0]?.at).toBeInstanceOf(Date)
  await expect(users.sweep({ activityBefore: foreign(`new Date('2027-01-01')`) })).resolves.toMatchObject({
    activity: 1,
  })
  await expect(users.sweep({ activityBefore: foreign(`new Date(NaN)`) })).rejects.toMatchObject({
    path: 'activityBefore',
  })
})

test('what a listener and beforeCreate get is of the realm of the library [B-129]', async () => {
  const seen: unknown[] = []
  const { users } = createTestUsers({
    onEvent: (entry) => void seen.push(entry.at instanceof Date && entry instanceof Object),
    beforeCreate: (user) => void seen.push(user instanceof Object && user.prefs instanceof Object),
  })
  await users.createUser(foreign(`({ email: 'ada@example.com', prefs: { a: 1 } })`))
  expect(seen).toEqual([true, true])
})

test('options, callers and queries of another realm are taken [B-129]', async () => {
  const options = foreign<Omit<UsersServiceOptions, 'storage'>>(
    `({ sessions: { maxPerUser: 3 }, passwordPolicy: {}, hashing: {}, logger: { warn() {}, error() {} } })`,
  )
  const users = createUsersService({ storage: memoryStorage(), ...options })
  const call = foreign<object>(`({ by: { actor: 'admin', ip: '203.0.113.7' } })`)
  const { id } = await users.createUser({ email: 'ada@example.com' }, call)
  expect((await users.getUserLogs(id, foreign(`({ limit: 1 })`))).items).toMatchObject([
    { actor: 'admin', ip: '203.0.113.7' },
  ])
})

describe('a signal of another realm', () => {
  test('that is aborted while a call waits ends the wait at once [B-129]', async () => {
    const storage = { ...memoryStorage(), findUser: () => new Promise<never>(() => {}) }
    const users = createUsersService({ storage, closeTimeoutMs: 1 })
    const signal = foreign<{ abort(): void } & AbortSignal>(`(() => {
      const callbacks = []
      return {
        aborted: false,
        throwIfAborted() { if (this.aborted) throw this.reason },
        addEventListener(_, callback) { callbacks.push(callback) },
        removeEventListener() {},
        abort() {
          this.aborted = true
          this.reason = new Error('aborted elsewhere')
          for (const callback of callbacks) callback.call(this)
        },
      }
    })()`)
    const waiting = users.getUser('ada', { signal })
    signal.abort()
    await expect(waiting).rejects.toThrow('aborted elsewhere')
    await users.close()
  })

  test('is heeded by calls and copies [B-129]', async () => {
    const { users } = createTestUsers()
    const going = foreign<AbortSignal>(signalCode(false))
    const aborted = foreign<AbortSignal>(signalCode(true))
    await users.createUser({ email: 'ada@example.com', password: 'correct horse' }, { signal: going })
    await expect(users.listUsers({}, { signal: aborted })).rejects.toThrow('aborted elsewhere')
    await expect(copyUsers(memoryStorage(), memoryStorage(), { signal: going })).resolves.toMatchObject({ users: 0 })
    await expect(copyUsers(memoryStorage(), memoryStorage(), { signal: aborted })).rejects.toThrow('aborted elsewhere')
  })

  test.each(['{}', '({ aborted: false })', '({ aborted: 1, throwIfAborted() {} })', 'null', '"signal"'])(
    'is not what %s is [B-129]',
    async (code) => {
      const { users } = createTestUsers()
      await expect(users.listUsers({}, { signal: foreign(`(${code})`) })).rejects.toMatchObject({ path: 'signal' })
    },
  )
})

test('a promise of another realm that a listener returns cannot end the process [B-129]', async () => {
  const logged: unknown[] = []
  const { users } = createTestUsers({
    onEvent: foreign(`(async () => { throw new Error('elsewhere') })`),
    logger: { warn() {}, error: (details) => void logged.push(Reflect.get(details, 'err')) },
  })
  await users.createUser({ email: 'ada@example.com' })
  await new Promise(setImmediate)
  expect(String(logged)).toContain('elsewhere')
})

test('a signal of another realm ends a wait, whatever it calls its listeners on [B-129]', async () => {
  const silent = silentStorage()
  const { users } = createTestUsers({ storage: silent.storage })
  await users.createUser({ email: 'ada@example.com', id: 'ada' })
  silent.hold()
  const { signal, abort } = foreign<{ signal: AbortSignal; abort: () => void }>(`(() => {
    const listeners = new Set()
    const signal = {
      aborted: false,
      reason: 'aborted elsewhere',
      throwIfAborted() { if (this.aborted) throw this.reason },
      addEventListener(_, listener) { listeners.add(listener) },
      removeEventListener(_, listener) { listeners.delete(listener) },
    }
    const abort = () => { signal.aborted = true; for (const listener of listeners) listener() }
    return { signal, abort }
  })()`)
  const calls = [users.getUser('ada', { signal }), users.updateUserName('ada', { name: 'Ada' }, { signal })]
  abort()
  for (const call of calls) await expect(call).rejects.toBe('aborted elsewhere')
  silent.release()
})
