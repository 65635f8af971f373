import { PassThrough, Readable } from 'node:stream'
import { createGunzip, gzipSync } from 'node:zlib'
import fastify from 'fastify'
import { describe, expect, test } from 'vitest'
import { apiKeys } from '../../adapters/express/index.js'
import { fastifyUsers } from '../../adapters/fastify/index.js'
import { noted } from '../../src/testing/http-contract/authorize-call-cases.js'
import type { StartHttp } from '../../src/testing/http-contract/contract.js'
import { withWorld } from '../../src/testing/http-contract/world.js'
import { listen } from './listen.js'

const user = { email: 'ada@example.com', password: 'correct horse' }
const json = { 'Content-Type': 'application/json' }

/** Fastify with options, and a `preParsing` hook if there is one. */
function starting(options: object, hook?: (payload: Readable) => Readable, prefix = '/v1'): StartHttp {
  return async (ours) => {
    const app = fastify(options)
    if (hook) app.addHook('preParsing', async (_request, _reply, payload) => hook(payload as Readable))
    app.register(fastifyUsers(ours), { prefix })
    app.get(`${prefix}/health/:name`, async (request) => Object(request.params).name)
    await app.ready()
    return listen(app.routing, prefix)
  }
}

describe('the router of Fastify', () => {
  const lenient: readonly (readonly [option: string, paths: readonly string[], health: string])[] = [
    ['caseSensitive', ['/USERS', '/Users/Ada', '/users/Ada/PREFS'], '/HEALTH/Ada'],
    ['ignoreTrailingSlash', ['/users/', '/users/Ada/', '/users/Ada/prefs/', '//users/Ada/'], '/health/Ada/'],
    ['ignoreDuplicateSlashes', ['//users', '/users//Ada', '///users//Ada///prefs'], '//health//Ada'],
    ['useSemicolonDelimiter', ['/users;limit=1', '/users/Ada;x', '/users/Ada/prefs;a=b?c'], '/health/Ada;x'],
  ]
  const values = lenient.flatMap(([option, paths, health]) => {
    const set = { [option]: option !== 'caseSensitive' }
    return [
      { option, paths, health, options: set },
      { option: `routerOptions.${option}`, paths, health, options: { routerOptions: set } },
    ]
  })

  test.each(values)('with $option forgives ours what it forgives the routes of the host [B-152]', async (one) => {
    for (const prefix of ['', '/v1', '/tenants/:tenant']) {
      const { asked, authorize } = noted()
      await withWorld(starting(one.options, undefined, prefix), { authorize }, async ({ send, newUser }) => {
        await newUser({ id: 'Ada' })
        expect((await send('GET', one.health)).text).toBe('Ada')
        for (const path of [...one.paths, '/users', '/users/Ada']) {
          expect((await send('GET', path)).status, `${prefix} ${path}`).toBe(200)
        }
        expect((await send('GET', '/users/Ada/nothing')).status).toBe(404)
        expect((await send('GET', '/nothing')).status).toBe(404)
        // Ids keep their letters.
        expect(asked.map(({ userId }) => userId ?? 'Ada')).toEqual(asked.map(() => 'Ada'))
        expect(asked).toHaveLength(one.paths.length + 2)
      })
    }
  })

  test('by default forgives nothing, to the host or to us [B-152]', () =>
    withWorld(starting({}), {}, async ({ send, newUser }) => {
      await newUser({ id: 'Ada' })
      const ours = lenient.flatMap(([, paths]) => paths).filter((path) => path !== '//users')
      const others = [...ours, '/HEALTH/Ada', '/health/Ada/', '//health//Ada']
      for (const path of others) expect((await send('GET', path)).status, path).toBe(404)
      expect((await send('GET', '/health/Ada')).text).toBe('Ada')
    }))

  test('forgives all of it at once, and with the document too [B-152]', () => {
    const routerOptions = { caseSensitive: false, ignoreTrailingSlash: true, ignoreDuplicateSlashes: true }
    return withWorld(starting({ routerOptions }), { openapi: true }, async ({ send, newUser }) => {
      await newUser({ id: 'Ada' })
      for (const path of ['//OpenAPI.json/', '//Users//Ada/', '/users//Ada//Sessions/']) {
        expect((await send('GET', path)).status, path).toBe(200)
      }
    })
  })
})

describe('a preParsing hook of Fastify', () => {
  const gunzip = (payload: Readable) => payload.pipe(createGunzip())
  const zipped = { ...json, 'Content-Encoding': 'gzip' }

  test('is listened to: what it makes of a body is what is read [B-150]', async () => {
    const hooks: readonly (readonly [hook: (payload: Readable) => Readable, body: string | Buffer, headers: object])[] =
      [
        [gunzip, gzipSync(JSON.stringify(user)), zipped],
        [(payload) => payload.pipe(new PassThrough()), JSON.stringify(user), json],
        [() => Readable.from([JSON.stringify(user)]), '{}', json],
        [() => Readable.from([Buffer.from(JSON.stringify(user))]), '{}', { ...json, 'Transfer-Encoding': 'chunked' }],
      ]
    for (const [hook, body, headers] of hooks) {
      await withWorld(starting({}, hook), {}, async ({ send }) => {
        const answer = await send('POST', '/users', { body, headers: { ...headers } })
        expect([answer.status, Object(answer.body).email]).toEqual([201, user.email])
      })
    }
  })

  test('opens no way around the limit, the type and authorize [B-150]', () =>
    withWorld(starting({}, gunzip), { authorize: apiKeys(['key']) }, async ({ send, users }) => {
      const long = gzipSync(JSON.stringify({ ...user, more: 'x'.repeat(300_000) }))
      const key = { 'X-Appwrite-Key': 'key' }
      expect((await send('POST', '/users', { body: long, headers: { ...zipped, ...key } })).status).toBe(413)
      expect((await send('POST', '/users', { body: long, headers: zipped })).status).toBe(401)
      const text = { ...zipped, ...key, 'Content-Type': 'text/plain' }
      expect((await send('POST', '/users', { body: gzipSync(JSON.stringify(user)), headers: text })).status).toBe(415)
      expect((await users.listUsers({ total: true })).total).toBe(0)
    }))

  test('may fail over a body, also of somebody who is not let in, and the next request is served [B-150]', () =>
    withWorld(starting({}, gunzip), { authorize: apiKeys(['key']) }, async ({ send }) => {
      const key = { 'X-Appwrite-Key': 'key' }
      const late = Buffer.concat([gzipSync('x'.repeat(10_000_000)).subarray(0, -8), Buffer.alloc(8)])
      for (const body of [Buffer.from('no gzip'), late]) {
        expect((await send('POST', '/users', { body, headers: zipped })).status).toBe(401)
        expect([400, 413]).toContain((await send('POST', '/users', { body, headers: { ...zipped, ...key } })).status)
      }
      const body = gzipSync(JSON.stringify(user))
      expect((await send('POST', '/users', { body, headers: { ...zipped, ...key } })).status).toBe(201)
    }))
})
