import assert from 'node:assert/strict'
import { assertSuccess, listIn } from './answers.js'
import type { HttpCase } from './contract.js'
import { withWorld } from './world.js'

const keys = ['$id', 'OS', 'client', 'device', 'brand', 'model', 'ip', 'geo']
const mac =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/80.0.3987.132 Safari/537.36'

/** What a list of sessions shows. */
export const sessionShapeCases: readonly HttpCase[] = [
  {
    name: 'a session shows the system, the browser, the device, the address and the country it came from',
    run: (start) =>
      withWorld(start, { service: { locate } }, async ({ send, users, newUser }) => {
        const { id } = await newUser()
        const { session } = await users.createUserSession(id, { by: { ip: '8.8.8.8', userAgent: mac } })
        const answer = await send('GET', `/users/${id}/sessions`)
        assert.deepEqual(assertSuccess(answer), [
          {
            $id: session.id,
            OS: { name: 'Mac', short_name: 'MAC', version: '10.15', platform: '' },
            client: { type: 'browser', name: 'Chrome', short_name: 'CH', version: '80.0', engine: 'Blink' },
            device: 0,
            brand: '',
            model: '',
            ip: '8.8.8.8',
            geo: { isoCode: 'us', country: 'United States' },
          },
        ])
        assert.deepEqual(listIn(answer.body).map(Object.keys), [keys])
      }),
  },
  {
    name: 'a session without a user agent or an address shows that nothing is known',
    run: (start) =>
      withWorld(start, {}, async ({ send, users, newUser }) => {
        const { id } = await newUser()
        const bare = await users.createUserSession(id)
        const odd = await users.createUserSession(id, { by: { ip: '10.0.0.1', userAgent: '?' } })
        const nothing = { client: null, device: null, brand: '', model: '' }
        const geo = { isoCode: '--', country: 'Unknown' }
        assert.deepEqual(assertSuccess(await send('GET', `/users/${id}/sessions`)), [
          { $id: odd.session.id, OS: [], ...nothing, ip: '10.0.0.1', geo },
          { $id: bare.session.id, OS: null, ...nothing, ip: '', geo },
        ])
      }),
  },
  {
    name: 'sessions are a bare array, newest first, of those that have not expired',
    run: (start) =>
      withWorld(start, { service: { sessions: { lifetimeMs: 1000 } } }, async ({ send, users, newUser, clock }) => {
        const { id } = await newUser()
        const other = await newUser()
        assert.deepEqual(assertSuccess(await send('GET', `/users/${id}/sessions`)), [])
        await users.createUserSession(id)
        await users.createUserSession(other.id)
        clock.advance(500)
        const second = await users.createUserSession(id)
        const third = await users.createUserSession(id)
        clock.advance(500)
        const listed = listIn(assertSuccess(await send('GET', `/users/${id}/sessions`)))
        assert.deepEqual(
          listed.map((session) => session['$id']),
          [third.session.id, second.session.id],
        )
      }),
  },
  {
    name: 'all of up to 100 sessions are listed',
    run: (start) =>
      withWorld(start, {}, async ({ send, users, newUser }) => {
        const { id } = await newUser()
        for (let count = 0; count < 101; count++) await users.createUserSession(id)
        assert.equal(listIn(assertSuccess(await send('GET', `/users/${id}/sessions`))).length, 100)
      }),
  },
]

function locate(ip: string) {
  return ip === '8.8.8.8' ? { countryCode: 'US', countryName: 'United States' } : undefined
}
