import { describe, expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import type { JsonObject } from '../../src/index.js'
import { createTestUsers } from '../../src/testing/index.js'

const event = 'shop.order-placed'
const invalid = (path: string) => expect.objectContaining({ code: 'invalid-input', path })
const loose = (value: unknown) => value as never

describe.each([
  { storage: 'memory', make: memoryStorage },
  { storage: 'SQLite', make: () => sqliteStorage(':memory:') },
])('on $storage', ({ make }) => {
  test('a host records an event of its own, and gets the entry back', async () => {
    const { users, events } = createTestUsers({ storage: make() })
    await users.createUser({ email: 'ada@example.com', id: 'ada' })
    const details = { order: 7, items: ['tea', null], deep: { ok: true } }
    const entry = await users.recordUserActivity('ada', { event, details }, { by: { actor: 'till' } })
    expect(entry).toMatchObject({ event, userId: 'ada', actor: 'till', details })
    expect(events.at(-1)).toEqual(entry)
    const logs = await users.getUserLogs('ada', { limit: 1 })
    expect(logs.items).toEqual([entry])
  })

  test('a user who does not exist, or was deleted, has no activity', async () => {
    const { users, events } = createTestUsers({ storage: make() })
    await users.createUser({ email: 'ada@example.com', id: 'ada' })
    await users.deleteUser('ada')
    const before = events.length
    for (const id of ['ada', 'nobody', '', '../x', '__proto__', 'x'.repeat(1000)]) {
      await expect(users.recordUserActivity(id, { event })).rejects.toMatchObject({ code: 'user-not-found' })
      await expect(users.getUserLogs(id)).rejects.toMatchObject({ code: 'user-not-found' })
    }
    expect(events).toHaveLength(before)
  })

  test('activity is listed newest first, a page at a time, without loss or repeat in one millisecond [B-63]', async () => {
    const { users } = createTestUsers({ storage: make() })
    await users.createUser({ email: 'ada@example.com', id: 'ada' })
    for (let n = 0; n < 60; n++) await users.recordUserActivity('ada', { event, details: { n } })
    expect((await users.getUserLogs('ada')).items).toHaveLength(25)
    const seen: unknown[] = []
    let after: string | undefined
    do {
      const page = await users.getUserLogs('ada', { limit: 7, ...(after !== undefined && { after }) })
      seen.push(...page.items.map(({ details }) => details?.['n']))
      after = page.next
    } while (after !== undefined)
    expect(seen).toEqual([...Array.from({ length: 60 }, (_, n) => 59 - n), undefined])
    expect(await users.getUserLogs('ada', { total: true, limit: 0 })).toEqual({ items: [], total: 61 })
    expect((await users.getUserLogs('ada', { offset: 60 })).items).toMatchObject([{ event: 'user.created' }])
  })
})

test.each([
  ['event', { event: 'user.created' }],
  ['event', { event: 'sign-in.failed' }],
  ['event', { event: '' }],
  ['event', { event: 'Shop' }],
  ['event', { event: 'a..b' }],
  ['event', { event: 'a b' }],
  ['event', { event: 'a\nb' }],
  ['event', { event: 'x'.repeat(65) }],
  ['event', {}],
  ['details', { event, details: [] }],
  ['details', { event, details: 'x' }],
  ['details', { event, details: null }],
  ['details.a.0', { event, details: { a: [Number.NaN] } }],
  ['details.constructor', { event, details: { constructor: 1 } }],
  ['details', { event, details: { a: 'x'.repeat(4096) } }],
  ['id', { event, id: 'forged' }],
  ['userId', { event, userId: 'forged' }],
  ['at', { event, at: new Date(0) }],
  ['actor', { event, actor: 'forged' }],
  ['input', undefined],
])('an entry is refused by the path %s: %j', async (path, entry) => {
  const { users, events } = createTestUsers()
  await users.createUser({ email: 'ada@example.com', id: 'ada' })
  await expect(users.recordUserActivity('ada', loose(entry))).rejects.toEqual(invalid(path))
  expect(events).toHaveLength(1)
})

test('details of exactly 4 KiB are kept', async () => {
  const { users } = createTestUsers()
  await users.createUser({ email: 'ada@example.com', id: 'ada' })
  const details: JsonObject = { a: 'x'.repeat(4096 - '{"a":""}'.length) }
  expect((await users.recordUserActivity('ada', { event, details })).details).toEqual(details)
})

test('what the host does with an entry it got back does not change what is kept', async () => {
  const { users } = createTestUsers()
  await users.createUser({ email: 'ada@example.com', id: 'ada' })
  const list = [1]
  const entry = await users.recordUserActivity('ada', { event, details: { list } })
  list.push(2)
  Reflect.set(entry.details ?? {}, 'list', [3])
  expect((await users.getUserLogs('ada', { limit: 1 })).items[0]?.details).toEqual({ list: [1] })
})

test.each([
  ['by.actor', { by: { actor: 'a\u202eb' } }],
  ['by.actor', { by: { actor: 7 } }],
  ['by.userId', { by: { userId: 'forged' } }],
  ['by.at', { by: { at: new Date(0) } }],
  ['signal', { signal: {} }],
  ['actor', { actor: 'x' }],
])('the last argument is refused by the path %s: %j', async (path, options) => {
  const { users, events } = createTestUsers()
  const made = await users.createUser({ email: 'ada@example.com', password: 'correct horse' })
  const given = loose(options)
  const calls = [
    users.listUsers({}, given),
    users.getUser(made.id, given),
    users.findUserByEmail(made.email, given),
    users.getUserPrefs(made.id, given),
    users.getUserSessions(made.id, {}, given),
    users.getUserLogs(made.id, {}, given),
    users.createUser({ email: 'b@example.com' }, given),
    users.updateUserStatus(made.id, { status: 'blocked' }, given),
    users.updateUserPrefs(made.id, { prefs: { a: 1 } }, given),
    users.updateUserName(made.id, { name: 'Ada' }, given),
    users.updateUserEmail(made.id, { email: 'c@example.com' }, given),
    users.updateUserPassword(made.id, { password: 'battery staple' }, given),
    users.deleteUser(made.id, given),
    users.createUserSession(made.id, given),
    users.verifyUserSession('x', given),
    users.signOut('A'.repeat(43), given),
    users.deleteUserSession(made.id, 'x', given),
    users.deleteUserSessions(made.id, given),
    users.verifyUserPassword({ email: made.email, password: 'correct horse' }, given),
    users.signIn({ email: made.email, password: 'correct horse' }, given),
    users.recordUserActivity(made.id, { event }, given),
    users.sweep({}, given),
  ]
  for (const { status, ...result } of await Promise.allSettled(calls)) {
    expect({ status, ...result }).toEqual({ status: 'rejected', reason: invalid(path) })
  }
  expect(events).toHaveLength(1)
})
