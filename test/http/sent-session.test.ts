import type { IncomingMessage } from 'node:http'
import fastify from 'fastify'
import { afterEach, describe, expect, test, vi } from 'vitest'
import * as ofExpress from '../../adapters/express/index.js'
import * as ofFastify from '../../adapters/fastify/index.js'
import * as ofFetch from '../../adapters/fetch/index.js'
import * as ofKoa from '../../adapters/koa/index.js'
import { StorageFailedError } from '../../src/errors/index.js'
import { createTestUsers } from '../../src/testing/test-users.js'

test('a hook of Fastify that answers nothing lets nobody through [B-156]', async () => {
  const { users } = createTestUsers()
  const app = fastify()
  let isReached = false
  const preHandler = ofFastify.requireUser({ users, onUnauthorized: async () => undefined })
  app.get('/me', { preHandler }, async () => {
    isReached = true
    return 'reached'
  })
  expect((await app.inject('/me')).statusCode).toBe(401)
  expect(isReached).toBe(false)
  await app.close()
})

test('what onUnauthorized throws goes to the framework, and nobody gets through [B-156]', async () => {
  const { users } = createTestUsers()
  const failure = new Error('no such page')
  const onUnauthorized = () => Promise.reject(failure)
  const passed = await new Promise<unknown>((next) => {
    ofExpress.requireUser({ users, onUnauthorized })(Object({ headers: {} }), Object({}), next)
  })
  expect(passed).toBe(failure)
  await expect(
    ofFetch.requireUser({ users, onUnauthorized }, () => new Response())(new Request('http://h/')),
  ).rejects.toBe(failure)
})

describe('of one request', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  /** A service that counts its looks. */
  async function counted() {
    const { users } = createTestUsers()
    const { id } = await users.createUser({ email: 'ada@x.org' })
    const { secret } = await users.createUserSession(id)
    const looks = vi.spyOn(users, 'verifyUserSession')
    const headers = { cookie: `session=${secret}` }
    return { users, secret, looks, headers, visitor: ofKoa.currentUser({ users, cookie: 'session' }) }
  }

  test('requireUser and currentUser look once, within a second [B-156]', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const { users, secret, looks, headers, visitor } = await counted()
    const ctx: ofKoa.KoaContext = Object({ headers })
    await ofKoa.requireUser({ users, cookie: 'session' })(ctx, async () => undefined)
    expect(await visitor(ctx)).toMatchObject({ user: { email: 'ada@x.org' } })
    await Promise.all([visitor(ctx), visitor(ctx)])
    expect(looks).toHaveBeenCalledTimes(1)
    // A stream that asks again hears of the end of the session.
    await users.signOut(secret)
    vi.advanceTimersByTime(1000)
    expect(await visitor(ctx)).toBeUndefined()
  })

  test('another request, another secret and a failure are looked at anew [B-156]', async () => {
    const { looks, headers, visitor } = await counted()
    const request = { headers: { ...headers } }
    expect(await visitor(request)).toBeDefined()
    expect(await visitor({ headers: {} })).toBeUndefined()
    request.headers.cookie = 'session=of-nobody'
    expect(await visitor(request)).toBeUndefined()
    looks.mockRejectedValueOnce(new StorageFailedError('unreachable'))
    const next = { headers }
    await expect(visitor(next)).rejects.toMatchObject({ code: 'storage-failed' })
    expect(await visitor(next)).toBeDefined()
  })

  test('at most 5 different cookies of the name are looked at [B-156]', async () => {
    const { secret, looks, visitor } = await counted()
    const dead = (count: number) => Array.from({ length: count }, (_, n) => `session=${`${n}`.repeat(43)}`).join(';')
    expect(await visitor({ headers: { cookie: `${dead(4)};session=${secret}` } })).toBeDefined()
    looks.mockClear()
    expect(await visitor({ headers: { cookie: `${dead(9)};session=${secret}` } })).toBeUndefined()
    expect(looks).toHaveBeenCalledTimes(5)
  })
})

test('a second copy of the package knows whom the first one let through [B-156]', async () => {
  const { users } = createTestUsers()
  const { id } = await users.createUser({ email: 'ada@x.org' })
  const { secret } = await users.createUserSession(id)
  const request: IncomingMessage = Object({ headers: { authorization: `Bearer ${secret}` } })
  await new Promise<unknown>((next) => ofExpress.requireUser({ users })(request, Object({}), next))
  vi.resetModules()
  const copy = await import('../../adapters/express/index.js')
  expect(copy.signedIn).not.toBe(ofExpress.signedIn)
  expect(copy.signedIn(request).user.id).toBe(id)
  expect(Object.keys(request)).toEqual(['headers'])
  expect(() => copy.signedIn(Object.create(request))).toThrow('put requireUser before this handler')
})
