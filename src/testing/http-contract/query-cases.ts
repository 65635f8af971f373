import assert from 'node:assert/strict'
import { assertInvalid, assertSuccess } from './answers.js'
import type { HttpCase } from './contract.js'
import { spiedParts } from './spies.js'
import { withWorld } from './world.js'

const noNumbers = [
  ...['-1', '-0', '1.5', '1.0', '1e2', '0x10', '025', '00', '%205%20', '+5', '%2B5', '5abc', 'abc', 'NaN', 'Infinity'],
  ...['%D9%A3', '%EF%BC%95', '9007199254740993', '99999999999999999999', 'null', 'true', '%00', '5%0A', '%E0%A4%A'],
  ...['1,2', '1;2', '[1]', '{}', "1'--"],
]
const manyTimes = (name: string) => [`${name}=1&${name}=2`, `${name}[]=1`, `${name}[a]=1`, `${name}%5B%5D=1`]

/** What lists accept in their query. */
export const queryCases: readonly HttpCase[] = [
  {
    name: 'limit is a whole number from 0 to 100, given once; anything else is refused and reaches no storage [B-22]',
    run: async (start) => {
      const { calls, ...service } = spiedParts()
      await withWorld(start, { service }, async ({ send, newUser }) => {
        const { id } = await newUser()
        for (const path of ['/users', `/users/${id}/logs`]) {
          calls.length = 0
          const wrong = [...noNumbers, '101', '1000'].map((value) => `limit=${value}`)
          for (const query of [...wrong, ...manyTimes('limit')]) {
            assertInvalid(await send('GET', `${path}?${query}`), 'limit')
          }
          assert.deepEqual(calls, [])
          for (const value of ['0', '1', '100', '']) assertSuccess(await send('GET', `${path}?limit=${value}`))
        }
      })
    },
  },
  {
    name: 'offset is a whole number from 0, given once; anything else is refused and reaches no storage [B-23]',
    run: async (start) => {
      const { calls, ...service } = spiedParts()
      await withWorld(start, { service }, async ({ send, newUser }) => {
        const { id } = await newUser()
        for (const path of ['/users', `/users/${id}/logs`]) {
          calls.length = 0
          const wrong = noNumbers.map((value) => `offset=${value}`)
          for (const query of [...wrong, ...manyTimes('offset')]) {
            assertInvalid(await send('GET', `${path}?${query}`), 'offset')
          }
          assert.deepEqual(calls, [])
          for (const value of ['0', '1', '2001', '9007199254740991', '']) {
            assertSuccess(await send('GET', `${path}?offset=${value}`))
          }
        }
        assert.deepEqual(assertSuccess(await send('GET', '/users?offset=9007199254740991')), { sum: 1, users: [] })
      })
    },
  },
  {
    name: 'orderType is ASC or DESC, in capitals, given once [B-24]',
    run: (start) =>
      withWorld(start, {}, async ({ send }) => {
        const wrong = ['asc', 'desc', 'Asc', 'ASC;drop', 'ASC,DESC', 'ASC%20', '1', 'true', 'constructor', '__proto__']
        for (const query of [...wrong.map((value) => `orderType=${value}`), ...manyTimes('orderType')]) {
          assertInvalid(await send('GET', `/users?${query}`), 'orderType')
        }
        for (const value of ['ASC', 'DESC', '']) assertSuccess(await send('GET', `/users?orderType=${value}`))
      }),
  },
  {
    name: 'a search is one line of at most 256 characters, given once [B-24, B-27, B-28, B-74]',
    run: (start) =>
      withWorld(start, {}, async ({ send }) => {
        const fox = encodeURIComponent('🦊')
        const wrong = [
          'a'.repeat(257),
          fox.repeat(257),
          'a'.repeat(12_000),
          '%00',
          'a%00b',
          'a%0Ab',
          'a%0D',
          '%ED%A0%80',
          '%',
        ]
        for (const query of [...wrong.map((value) => `search=${value}`), ...manyTimes('search')]) {
          assertInvalid(await send('GET', `/users?${query}`), 'search')
        }
        for (const value of ['', '%20', 'a'.repeat(256), fox.repeat(256), '%CC%81', 'toString', '%3Cscript%3E']) {
          assertSuccess(await send('GET', `/users?search=${value}`))
        }
      }),
  },
  {
    name: 'a parameter that a list does not know is refused by its name, and reaches no storage; names count letter by letter [B-154]',
    run: async (start) => {
      const { calls, ...service } = spiedParts()
      await withWorld(start, { service }, async ({ send, newUser }) => {
        const { id } = await newUser()
        calls.length = 0
        for (const path of ['/users', `/users/${id}/logs`]) {
          for (const name of [
            'status',
            'queries[0]',
            'queries[]',
            'Limit',
            'limi',
            'cursor',
            '__proto__',
            'constructor',
          ]) {
            for (const query of [`${name}=2`, `limit=1&${name}=`, name, `${encodeURIComponent(name)}=0&${name}=1`]) {
              const escaped = name.replaceAll(/[[\]]/g, '\\$&')
              assertInvalid(await send('GET', `${path}?${query}`), escaped)
            }
          }
        }
        assert.deepEqual(calls, [])
      })
    },
  },
  {
    name: 'parameters that platforms add to a URL change nothing [B-154]',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser }) => {
        await newUser()
        const expected = assertSuccess(await send('GET', '/users'))
        for (const query of ['?', '?&&', '?project=5df5acd0d48c2', '?locale=de&mode=admin', '?project=&limit']) {
          assert.deepEqual(assertSuccess(await send('GET', `/users${query}`)), expected, query)
        }
        for (const query of ['?%6Cimit=0', '?limit=0&mode=1&mode=2', '?project=?&limit=0']) {
          assert.deepEqual(assertSuccess(await send('GET', `/users${query}`)), { sum: 1, users: [] }, query)
        }
      }),
  },
  {
    name: 'the query changes nothing on a route without parameters',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser, users }) => {
        const { id } = await newUser()
        await users.createUserSession(id)
        const json = { prefs: { theme: 'dark' } }
        assertSuccess(await send('PATCH', `/users/${id}/prefs?prefs[a]=1&prefs={}`, { json }))
        assert.deepEqual(await users.getUserPrefs(id), { theme: 'dark' })
        assert.equal((await send('PATCH', `/users/${id}/status?status=2`)).status, 400)
        for (const query of ['limit=0', 'limit=-1', 'offset=9&limit[]=1']) {
          assert.match((await send('GET', `/users/${id}/sessions?${query}`)).text, /"\$id"/)
        }
      }),
  },
]
