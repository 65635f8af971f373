import { describe, expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import { createTestUsers } from '../../src/testing/index.js'

const loose = (value: unknown) => value as never

describe.each([
  { storage: 'memory', make: memoryStorage },
  { storage: 'SQLite', make: () => sqliteStorage(':memory:') },
])('on $storage', ({ make }) => {
  test('users are listed in the order of their registration, both ways, a page at a time', async () => {
    const { users } = createTestUsers({ storage: make() })
    for (let n = 0; n < 30; n++) await users.createUser({ email: `u${n}@example.com`, id: `z${30 - n}` })
    const all = Array.from({ length: 30 }, (_, n) => `z${30 - n}`)
    for (const order of ['oldest-first', 'newest-first'] as const) {
      const expected = order === 'oldest-first' ? all : all.toReversed()
      const first = await users.listUsers({ order })
      const rest = await users.listUsers({ order, after: first.next ?? '' })
      expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(expected)
      expect([first.items.length, rest.next]).toEqual([25, undefined])
      const part = await users.listUsers({ order, limit: 3, offset: 4 })
      expect(part.items.map(({ id }) => id)).toEqual(expected.slice(4, 7))
    }
    expect(await users.listUsers({ limit: 0, total: true })).toEqual({ items: [], total: 30 })
    expect(await users.listUsers({ offset: 30 })).toEqual({ items: [] })
  })

  test.each([
    ['jose', ['jose']],
    ['JOSÉ', ['jose']],
    ['lukasz', ['lukasz']],
    ['σίσυφος', ['sisyphus']],
    ['strasse', ['strasse']],
    ['EXAMPLE.org', ['lukasz']],
    ['sisy', ['sisyphus']],
    ['%', ['percent']],
    ['_', ['percent']],
    ["'", ['percent']],
    ['100% "real"', ['percent']],
    ['\u0301', []],
    ['nobody', []],
    ['jose\u00a0n', ['jose']],
    ['', ['jose', 'lukasz', 'sisyphus', 'strasse', 'percent']],
  ])('a search for %j finds %j, by name, email or id [B-72, B-74]', async (search, expected) => {
    const { users } = createTestUsers({ storage: make() })
    await users.createUser({ email: 'a@example.com', id: 'jose', name: 'José Ñandú' })
    await users.createUser({ email: 'b@EXAMPLE.org', id: 'lukasz', name: 'Łukasz' })
    await users.createUser({ email: 'c@example.com', id: 'sisyphus', name: 'ΣΊΣΥΦΟΣ' })
    await users.createUser({ email: 'd@example.com', id: 'strasse', name: 'Straße' })
    await users.createUser({ email: 'e@example.com', id: 'percent', name: `100% "real" O'Hara_\\` })
    const page = await users.listUsers({ search, total: true })
    expect(page.items.map(({ id }) => id)).toEqual(expected)
    expect(page.total).toBe(expected.length)
  })

  test('a user is found by the email in any spelling that is the same account', async () => {
    const { users } = createTestUsers({ storage: make() })
    const made = await users.createUser({ email: 'Ada@MÜNCHEN.de' })
    for (const email of ['Ada@MÜNCHEN.de', 'ada@münchen.de', 'ADA@xn--mnchen-3ya.de']) {
      expect(await users.findUserByEmail(email)).toEqual(made)
    }
    expect(await users.findUserByEmail('da@münchen.de')).toBeUndefined()
    for (const email of ['nonsense', '', loose(undefined), loose({ email: 'a@b.co' })]) {
      await expect(users.findUserByEmail(email)).rejects.toMatchObject({ code: 'invalid-input', path: 'email' })
    }
  })

  test('the error for a missing user names its id, whatever the string [B-26]', async () => {
    const { users } = createTestUsers({ storage: make() })
    for (const id of ['nobody', '', 'a b', '__proto__', 'constructor', "' or 1=1 --", '\ud800', 'x'.repeat(100_000)]) {
      await expect(users.getUser(id)).rejects.toMatchObject({ code: 'user-not-found', userId: id })
      await expect(users.getUserPrefs(id)).rejects.toMatchObject({ code: 'user-not-found' })
    }
  })

  test('a user that was read is a copy [B-69]', async () => {
    const { users } = createTestUsers({ storage: make() })
    const made = await users.createUser({ email: 'a@example.com', prefs: { list: [1] } })
    ;(made.prefs['list'] as number[]).push(2)
    made.createdAt.setTime(0)
    const prefs = await users.getUserPrefs(made.id)
    expect(prefs).toEqual({ list: [1] })
    Reflect.set(prefs, 'theme', 'dark')
    const again = await users.getUser(made.id)
    expect(again.prefs).toEqual({ list: [1] })
    expect(again.createdAt.getTime()).not.toBe(0)
  })
})

test.each([
  ['limit', { limit: 101 }],
  ['offset', { offset: -1 }],
  ['after', { after: 'x' }],
  ['search', { search: 'a\nb' }],
  ['search', { search: 'x'.repeat(257) }],
  ['search', { search: 7 }],
  ['order', { order: 'DESC' }],
  ['orderType', { orderType: 'DESC' }],
])('listUsers refuses by the path %s: %j [B-22, B-23, B-24, B-34a]', async (path, query) => {
  const { users } = createTestUsers()
  await expect(users.listUsers(loose(query))).rejects.toMatchObject({ code: 'invalid-input', path })
})

test.each(['getUserSessions', 'getUserLogs'] as const)('%s refuses a query that is wrong or unknown', async (list) => {
  const { users } = createTestUsers()
  const { id } = await users.createUser({ email: 'a@example.com' })
  for (const [path, value] of [
    ['limit', 101],
    ['after', '0'],
    ['search', 'x'],
    ['order', 'oldest-first'],
  ]) {
    const query = loose({ [String(path)]: value })
    await expect(users[list](id, query)).rejects.toMatchObject({ code: 'invalid-input', path })
  }
})

test('an id that is no text is refused by its name', async () => {
  const { users } = createTestUsers()
  for (const id of [1, null, {}, ['x']]) {
    await expect(users.getUser(loose(id))).rejects.toMatchObject({ code: 'invalid-input', path: 'userId' })
    await expect(users.deleteUser(loose(id))).rejects.toMatchObject({ code: 'invalid-input', path: 'userId' })
    await expect(users.deleteUserSession('ada', loose(id))).rejects.toMatchObject({ path: 'sessionId' })
  }
  await expect(users.getUser(loose(undefined))).rejects.toMatchObject({
    issues: [{ path: 'userId', message: 'is required', missing: true }],
  })
})
