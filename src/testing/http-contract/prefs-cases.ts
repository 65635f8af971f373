import assert from 'node:assert/strict'
import { assertInvalid, assertMissing, assertSuccess } from './answers.js'
import type { HttpCase } from './contract.js'
import { withWorld } from './world.js'

/** Reading and merging preferences. */
export const prefsCases: readonly HttpCase[] = [
  {
    name: 'the preferences of a new user are an empty object',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser }) => {
        const answer = await send('GET', `/users/${(await newUser()).id}/prefs`)
        assertSuccess(answer)
        assert.equal(answer.text, '{}')
      }),
  },
  {
    name: 'PATCH prefs merges at the top level, and returns all settings bare, as GET does',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser }) => {
        const { id } = await newUser({ prefs: { theme: 'light', editor: { tabs: 2, wrap: true } } })
        const path = `/users/${id}/prefs`
        const prefs = { editor: { tabs: 4 }, languages: ['de', 'el'], ratio: 1.5, beta: false }
        const expected = { theme: 'light', ...prefs }
        assert.deepEqual(assertSuccess(await send('PATCH', path, { json: { prefs } })), expected)
        assert.deepEqual(assertSuccess(await send('GET', path)), expected)
      }),
  },
  {
    name: 'a setting that is null is removed',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser }) => {
        const { id } = await newUser({ prefs: { theme: 'light', beta: true } })
        const json = { prefs: { theme: null, unknown: null } }
        assert.deepEqual(assertSuccess(await send('PATCH', `/users/${id}/prefs`, { json })), { beta: true })
      }),
  },
  {
    name: 'an object or an empty list, also as text, is taken for preferences; an empty one changes nothing',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser }) => {
        const { id } = await newUser({ prefs: { theme: 'light' } })
        const patch = (prefs: unknown) => send('PATCH', `/users/${id}/prefs`, { json: { prefs } })
        for (const nothing of [{}, [], '{}', '[]', ' {} ']) {
          assert.deepEqual(assertSuccess(await patch(nothing)), { theme: 'light' })
        }
        assert.deepEqual(assertSuccess(await patch('{"theme":"dark","n":{"a":[]}}')), { theme: 'dark', n: { a: [] } })
      }),
  },
  {
    name: 'what is no object is refused as preferences, and nothing changes [B-69]',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser, users }) => {
        const { id } = await newUser({ prefs: { theme: 'light' } })
        const path = `/users/${id}/prefs`
        const wrong = ['', 'theme', 'null', '"x"', '1', '[1]', '{"a":', 1, 0, true, false, [1], [[]]]
        for (const prefs of wrong) assertInvalid(await send('PATCH', path, { json: { prefs } }), 'prefs')
        for (const json of [{}, { prefs: null }, { theme: 'dark' }, []]) {
          assertMissing(await send('PATCH', path, { json }), 'prefs')
        }
        assert.deepEqual(await users.getUserPrefs(id), { theme: 'light' })
      }),
  },
  {
    name: 'names and values of settings come back as they were sent, however odd they look [B-66, B-69]',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser }) => {
        const { id } = await newUser()
        const names = ["a'b", 'a"b', 'a.b', 'a[0]', '$', '$set', '*', '', 'a\\', "'; drop table users--", '😀', 'a\nb']
        const named = Object.fromEntries([...names, 'toString', 'x'.repeat(10_000)].map((name) => [name, name]))
        const prefs = { ...named, '0': 'x', list: [null, [], {}], number: 2 ** 53 - 1, big: 1e21, tenth: 0.1 }
        const path = `/users/${id}/prefs`
        assert.deepEqual(assertSuccess(await send('PATCH', path, { json: { prefs } })), prefs)
        assert.deepEqual(assertSuccess(await send('GET', path)), prefs)
      }),
  },
  {
    name: 'merges at the same time lose nothing [B-68]',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser, users }) => {
        const { id } = await newUser()
        const names = Array.from({ length: 20 }, (_, index) => `setting${index}`)
        const patches = names.map((name) => send('PATCH', `/users/${id}/prefs`, { json: { prefs: { [name]: 1 } } }))
        for (const answer of await Promise.all(patches)) assertSuccess(answer)
        assert.deepEqual(Object.keys(await users.getUserPrefs(id)).sort(), names.sort())
      }),
  },
]
