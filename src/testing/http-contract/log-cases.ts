import assert from 'node:assert/strict'
import { assertSuccess, listIn } from './answers.js'
import type { HttpCase } from './contract.js'
import { withWorld } from './world.js'

const keys = ['event', 'actor', 'details', 'ip', 'time', 'OS', 'client', 'device', 'brand', 'model', 'geo']
const phone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 16_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.5 Mobile/15E148 Safari/604.1'

/** What a user's logs show. */
export const logCases: readonly HttpCase[] = [
  {
    name: 'logs are a bare array that shows what happened, when, from where and with what',
    run: (start) =>
      withWorld(start, { service: { locate } }, async ({ send, users, newUser, clock }) => {
        const { id } = await newUser()
        clock.advance(2500)
        const by = { actor: 'support', ip: '[2001:db8::1]:443', userAgent: phone }
        const { session } = await users.createUserSession(id, { by })
        const answer = await send('GET', `/users/${id}/logs`)
        const [entry] = listIn(assertSuccess(answer))
        assert.deepEqual(entry, {
          event: 'account.sessions.create',
          actor: 'support',
          details: { sessionId: session.id },
          ip: '2001:db8::1',
          time: 1767225602,
          OS: { name: 'iOS', short_name: 'IOS', version: '16.5', platform: '' },
          client: { type: 'browser', name: 'Mobile Safari', short_name: 'MF', version: '16.5', engine: 'WebKit' },
          device: 1,
          brand: 'AP',
          model: 'iPhone',
          geo: { isoCode: 'de', country: 'Deutschland' },
        })
        assert.deepEqual(Object.keys(entry), keys)
      }),
  },
  {
    name: 'each thing done to a user is in the logs by its classic name, newest first',
    run: (start) =>
      withWorld(start, {}, async ({ send, users }) => {
        const json = { email: 'ada@example.com', password: 'correct horse' }
        assertSuccess(await send('POST', '/users', { json }), 201)
        const id = (await users.listUsers()).items[0]?.id ?? ''
        assertSuccess(await send('PATCH', `/users/${id}/status`, { json: { status: 1 } }))
        assertSuccess(await send('PATCH', `/users/${id}/status`, { json: { status: 1 } }))
        assertSuccess(await send('PATCH', `/users/${id}/prefs`, { json: { prefs: { theme: 'dark' } } }))
        await assert.rejects(users.signIn({ ...json, password: 'wrong horse' }))
        await users.signIn(json)
        assertSuccess(await send('DELETE', `/users/${id}/sessions`))
        await users.recordUserActivity(id, { event: 'order.placed' })
        const logs = listIn(assertSuccess(await send('GET', `/users/${id}/logs`)))
        assert.deepEqual(
          logs.map(({ event }) => event),
          [
            'order.placed',
            'account.sessions.delete',
            'account.sessions.create',
            'account.sessions.failed',
            'account.update.prefs',
            'account.update.status',
            'account.create',
          ],
        )
      }),
  },
  {
    name: 'a log item says who did it, and to what or of what a change was; a request is by the caller of authorize [B-159]',
    run: (start) =>
      withWorld(start, {}, async ({ send, users, newUser }) => {
        const { id } = await newUser()
        assertSuccess(await send('PATCH', `/users/${id}/status`, { json: { status: 2 } }))
        assertSuccess(await send('PATCH', `/users/${id}/prefs`, { json: { prefs: { theme: 'of nobody else' } } }))
        const order = { order: 17, lines: [{ of: 'tea' }], note: null }
        await users.recordUserActivity(id, { event: 'order.placed', details: order }, { by: { actor: 'shop' } })
        assertSuccess(await send('DELETE', `/users/${id}/sessions`))
        const answer = await send('GET', `/users/${id}/logs`)
        assert.deepEqual(
          listIn(assertSuccess(answer)).map(({ event, actor, details }) => ({ event, actor, details })),
          [
            { event: 'account.sessions.delete', actor: 'admin', details: {} },
            { event: 'order.placed', actor: 'shop', details: order },
            { event: 'account.update.prefs', actor: 'admin', details: { keys: ['theme'] } },
            { event: 'account.update.status', actor: 'admin', details: { status: 'blocked' } },
            { event: 'account.create', actor: '', details: {} },
          ],
        )
        assert.doesNotMatch(answer.text, /of nobody else/)
      }),
  },
  {
    name: 'an entry carries the address and the user agent of the request, and no header can forge the address',
    run: (start) =>
      withWorld(start, {}, async ({ send, users, newUser }) => {
        const { id } = await newUser()
        const forged = { 'X-Forwarded-For': '6.6.6.6', Forwarded: 'for=6.6.6.6', 'X-Real-IP': '6.6.6.6' }
        const headers = { ...forged, 'CF-Connecting-IP': '6.6.6.6', 'User-Agent': phone }
        assertSuccess(await send('PATCH', `/users/${id}/status`, { json: { status: 2 }, headers }))
        const [entry] = (await users.getUserLogs(id)).items
        assert.match(entry?.ip ?? '', /^(?:127\.0\.0\.1|::1)$/)
        assert.equal(entry?.userAgent, phone)
        assert.equal(entry?.actor, 'admin')
      }),
  },
  {
    name: 'a caller whose address and user agent authorize tells is recorded with these',
    run: (start) => {
      const caller = { actor: 'ada', ip: '2001:DB8::2', userAgent: 'Console/2.0' }
      const authorize = () => ({ caller, scopes: ['users.read', 'users.write'] as const })
      return withWorld(start, { authorize }, async ({ send, users, newUser }) => {
        const { id } = await newUser()
        assertSuccess(await send('PATCH', `/users/${id}/status`, { json: { status: 2 } }))
        const [entry] = (await users.getUserLogs(id)).items
        assert.deepEqual([entry?.actor, entry?.ip, entry?.userAgent], ['ada', '2001:db8::2', 'Console/2.0'])
      })
    },
  },
  {
    name: 'logs come 25 at a time, and limit and offset choose others',
    run: (start) =>
      withWorld(start, {}, async ({ send, users, newUser }) => {
        const { id } = await newUser()
        for (let count = 0; count < 29; count++) await users.recordUserActivity(id, { event: `step.${count}` })
        const page = async (query: string) =>
          listIn(assertSuccess(await send('GET', `/users/${id}/logs${query}`))).map(({ event }) => event)
        assert.equal((await page('')).length, 25)
        assert.equal((await page('?limit=')).length, 25)
        assert.equal((await page('?limit=100')).length, 30)
        assert.deepEqual(await page('?limit=2'), ['step.28', 'step.27'])
        assert.deepEqual(await page('?limit=2&offset=28'), ['step.0', 'account.create'])
        assert.deepEqual(await page('?limit=0'), [])
        assert.deepEqual(await page('?offset=30'), [])
      }),
  },
]

function locate(ip: string) {
  return ip === '2001:db8::1' ? { countryCode: 'DE', countryName: 'Deutschland' } : undefined
}
