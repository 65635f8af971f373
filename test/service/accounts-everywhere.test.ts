import { expect, test } from 'vitest'
import { createTestUsers } from '../../src/testing/index.js'
import { onEveryStorage } from './on-every-storage.js'

const loose = (value: unknown) => value as never

onEveryStorage((make) => {
  // Pairs that differ in letter case, or that some rule of Unicode takes for the same; true where they are one account.
  const pairs: readonly (readonly [one: string, other: string, same: boolean])[] = [
    ['A@X.org', 'a@x.ORG', true],
    ['a@É.org', 'a@é.org', true],
    ['b@é.org', 'b@e\u0301.org', true],
    ['a@İ.org', 'a@i\u0307.org', true],
    ['a@münchen.de', 'a@XN--MNCHEN-3YA.de', true],
    ['a@ß.de', 'a@ss.de', false],
    ['a+b@b.co', 'a@b.co', false],
    ['a.b@b.co', 'ab@b.co', false],
  ]

  test('two emails are one account when case and form alone differ, and are found by each other [B-30]', async () => {
    const { users } = createTestUsers({ storage: await make() })
    for (const [one, other, same] of pairs) {
      const made = await users.createUser({ email: one })
      expect(made.email).toBe(one)
      expect((await users.findUserByEmail(other))?.id === made.id, `${one} and ${other}`).toBe(same)
      const [second] = await Promise.allSettled([users.createUser({ email: other })])
      if (second.status === 'rejected') expect(second.reason).toMatchObject({ code: 'email-taken' })
      expect(second.status).toBe(same ? 'rejected' : 'fulfilled')
      for (const { id } of (await users.listUsers()).items) await users.deleteUser(id)
    }
  })

  test('a look-alike of an email gets no account, finds nobody, and signs nobody in [B-31]', async () => {
    const { users } = createTestUsers({ storage: await make() })
    const password = 'correct horse'
    await users.createUser({ email: 'mike@example.org', password })
    await users.createUser({ email: 'a@s.org', password })
    for (const email of ['mi\u212ae@example.org', 'm\u0131ke@example.org', 'mike@example\uff0eorg', 'a@\u017f.org']) {
      for (const call of [
        users.createUser({ email, password }),
        users.findUserByEmail(email),
        users.signIn({ email, password }),
      ]) {
        await expect(call).rejects.toMatchObject({ code: 'invalid-input', path: 'email' })
      }
    }
    expect(await users.listUsers({ total: true, limit: 0 })).toMatchObject({ total: 2 })
  })

  test('a name is optional, and comes back untrimmed and unescaped; one that hides something is refused [B-34]', async () => {
    const { users } = createTestUsers({ storage: await make() })
    const names = ['', '  Ada  ', '<script>alert("1")</script>', "O'Hara & Söhne", '😀'.repeat(128), 'e\u0301', 'مرحبا']
    for (const [n, name] of names.entries()) {
      const { id } = await users.createUser({ email: `u${n}@example.com`, name })
      expect((await users.getUser(id)).name).toBe(name)
    }
    const { id } = await users.createUser({ email: 'a@example.com' })
    expect((await users.getUser(id)).name).toBe('')
    for (const name of ['a\rb', 'a\nb', 'a\u0000b', 'a\u001bb', 'a\u202eb', 'a\u2066b', 'a\u2028b', 'x'.repeat(129)]) {
      await expect(users.updateUserName(id, { name })).rejects.toMatchObject({ code: 'invalid-input', path: 'name' })
    }
  })

  test('no setting reaches a prototype: its name is refused, and everything is as before [B-65]', async () => {
    const { users } = createTestUsers({ storage: await make() })
    const { id } = await users.createUser({ email: 'a@example.com', prefs: { theme: 'dark' } })
    const hostile = [
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"p":1}},"prototype":1}',
      '{"__proto__":{"polluted":1}}',
      '{"constructor":{"prototype":{"polluted":1}}}',
      '{"deep":[{"__proto__":{"polluted":1}}]}',
    ].map((text) => JSON.parse(text))
    for (const prefs of hostile) {
      await expect(users.updateUserPrefs(id, { prefs })).rejects.toMatchObject({ code: 'invalid-input' })
      await expect(users.createUser({ email: 'b@example.com', prefs })).rejects.toMatchObject({ code: 'invalid-input' })
    }
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
    expect(Reflect.get({}, 'p')).toBeUndefined()
    const prefs = await users.getUserPrefs(id)
    expect(prefs).toEqual({ theme: 'dark' })
    expect([Object.prototype, null]).toContain(Object.getPrototypeOf(prefs))
  })

  test('settings come back to the bit and in their order, as a copy; what JSON has not is refused [B-69]', async () => {
    const { users } = createTestUsers({ storage: await make() })
    const { id } = await users.createUser({ email: 'a@example.com' })
    const text =
      '{"zebra":"","apple":0,"big":1e+21,"whole":9007199254740991,"part":0.1,"deep":{"b":{"c":[null,{},[]]},"a":1},' +
      '"ключ":"é😀e\u0301","0":"first, as in every object"}'
    const sent = JSON.parse(text)
    const twice = JSON.parse('{"a":1,"a":2}')
    const answered = await users.updateUserPrefs(id, { prefs: { ...sent, negative: -0, twice } })
    const expected = { ...sent, negative: 0, twice: { a: 2 } }
    for (const prefs of [answered, await users.getUserPrefs(id), (await users.getUser(id)).prefs]) {
      expect(JSON.stringify(prefs)).toBe(JSON.stringify(expected))
      Reflect.set(Object(prefs['deep']), 'b', 'changed by a caller')
      expect(JSON.stringify(await users.getUserPrefs(id))).toBe(JSON.stringify(expected))
    }
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, undefined, new Date(0), 1n, () => 1]) {
      const refused = users.updateUserPrefs(id, { prefs: loose({ value }) })
      await expect(refused).rejects.toMatchObject({ code: 'invalid-input', path: 'prefs.value' })
    }
    for (const prefs of [[], 'text', null, 1]) {
      const refused = users.updateUserPrefs(id, { prefs: loose(prefs) })
      await expect(refused).rejects.toMatchObject({ code: 'invalid-input', path: 'prefs' })
    }
    const removal = Object.fromEntries(Object.keys(expected).map((key) => [key, null]))
    expect(await users.updateUserPrefs(id, { prefs: removal })).toEqual({})
  })
})
