import assert from 'node:assert/strict'
import { assertInvalid, assertSuccess } from './answers.js'
import type { HttpCase } from './contract.js'
import { withWorld } from './world.js'

const json = { 'Content-Type': 'application/json' }

/** What is too much, or too dangerous, for preferences. */
export const prefsLimitCases: readonly HttpCase[] = [
  {
    name: 'preferences of more than 64 KiB after the merge are refused [B-67]',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser }) => {
        const path = `/users/${(await newUser()).id}/prefs`
        const half = 'x'.repeat(32 * 1024)
        assertSuccess(await send('PATCH', path, { json: { prefs: { a: half } } }))
        assertInvalid(await send('PATCH', path, { json: { prefs: { b: half } } }), 'prefs')
        assert.deepEqual(assertSuccess(await send('GET', path)), { a: half })
      }),
  },
  {
    name: 'more than 1,000 settings are refused [B-67]',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser }) => {
        const path = `/users/${(await newUser()).id}/prefs`
        const settings = (count: number) =>
          Object.fromEntries(Array.from({ length: count }, (_, key) => [`k${key}`, 1]))
        assertSuccess(await send('PATCH', path, { json: { prefs: settings(1000) } }))
        assertInvalid(await send('PATCH', path, { json: { prefs: { more: 1 } } }), 'prefs')
      }),
  },
  {
    name: 'preferences that are nested too deeply are refused, however deep [B-67]',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser }) => {
        const path = `/users/${(await newUser()).id}/prefs`
        const nested = (depth: number) => '{"a":'.repeat(depth) + 1 + '}'.repeat(depth)
        const patch = (prefs: string) => send('PATCH', path, { body: `{"prefs":${prefs}}`, headers: json })
        assertSuccess(await patch(nested(20)))
        for (const depth of [21, 5000]) assertInvalid(await patch(nested(depth)), 'prefs.*')
        assertInvalid(await patch(`{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`), 'prefs.*')
        assertInvalid(await patch('['.repeat(20_000) + ']'.repeat(20_000)), 'prefs')
      }),
  },
  {
    name: 'settings named constructor or prototype are refused, and reach no prototype [B-65]',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser, users }) => {
        const { id } = await newUser()
        for (const prefs of ['{"constructor":{"prototype":{"p":1}}}', '{"prototype":1}', '{"a":[{"constructor":1}]}']) {
          const body = `{"prefs":${prefs}}`
          assertInvalid(await send('PATCH', `/users/${id}/prefs`, { body, headers: json }), 'prefs.*')
        }
        assert.equal(Reflect.get({}, 'p'), undefined)
        assert.deepEqual(await users.getUserPrefs(id), {})
      }),
  },
  {
    name: 'settings named __proto__ are refused, and reach no prototype [B-65]',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser, users }) => {
        const { id } = await newUser()
        for (const prefs of ['{"__proto__":{"polluted":1}}', '{"a":{"b":[{"__proto__":{"polluted":1}}]}}']) {
          const body = `{"prefs":${prefs}}`
          assertInvalid(await send('PATCH', `/users/${id}/prefs`, { body, headers: json }), 'prefs.*')
        }
        const text = { prefs: '{"__proto__":{"polluted":1}}' }
        assertInvalid(await send('PATCH', `/users/${id}/prefs`, { json: text }), 'prefs.*')
        assert.equal(Reflect.get({}, 'polluted'), undefined)
        assert.deepEqual(await users.getUserPrefs(id), {})
      }),
  },
  {
    name: 'texts that a storage would not give back as they were are refused [B-27, B-28]',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser }) => {
        const path = `/users/${(await newUser()).id}/prefs`
        for (const prefs of [{ a: '\0' }, { a: [{ b: '\ud800' }] }, { '\0': 1 }, { '\udc00': 1 }]) {
          assertInvalid(await send('PATCH', path, { json: { prefs } }), 'prefs[^]*')
        }
      }),
  },
]
