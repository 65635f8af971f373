import type { ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import { describe, expect, test } from 'vitest'
import * as ofExpress from '../../adapters/express/index.js'
import * as ofFastify from '../../adapters/fastify/index.js'
import * as ofFetch from '../../adapters/fetch/index.js'
import * as ofKoa from '../../adapters/koa/index.js'
import { StorageFailedError } from '../../src/errors.js'
import type { StartedHttp } from '../../src/testing/http-contract/contract.js'
import { failingStorage } from '../../src/testing/http-contract/spies.js'
import { createTestUsers } from '../../src/testing/test-users.js'
import { listen } from './listen.js'

type Options = ofExpress.RequireUserOptions
type Ask = (headers?: Record<string, string>) => Promise<Response>

/** Serves `/me`, which answers the id of whoever is signed in. */
const servers: Readonly<Record<string, (options: Options) => Promise<StartedHttp>>> = {
  Express: (options) =>
    listen(
      express().get('/me', ofExpress.requireUser(options), (request: object, response: ServerResponse) => {
        response.end(ofExpress.signedIn(request).user.id)
      }),
    ),
  Koa: (options) => {
    // Its default handler prints the errors that it answers.
    const app = Object.assign(new Koa(), { silent: true })
    return listen(
      app
        .use(ofKoa.requireUser(options))
        .use((ctx: ofKoa.KoaContext) => {
          ctx.body = ofKoa.signedIn(ctx).user.id
        })
        .callback(),
    )
  },
  Fastify: async (options) => {
    const app = fastify()
    app.get(
      '/me',
      { preHandler: ofFastify.requireUser(options) },
      async (request) => ofFastify.signedIn(request).user.id,
    )
    await app.ready()
    return listen(app.routing)
  },
  fetch: (options) => {
    const me = ofFetch.requireUser(options, (_request, { user }, after: string) => new Response(user.id + after))
    return listen(getRequestListener(new Hono().get('/me', (c) => me(c.req.raw, '')).fetch))
  },
}

describe.each(Object.entries(servers))('on %s', (_, serve) => {
  async function asking(options: Partial<Options>, law: (ask: Ask) => Promise<void>): Promise<void> {
    const { url, stop } = await serve({ users: createTestUsers().users, cookie: 'session', ...options })
    try {
      await law((headers = {}) => fetch(`${url}/me`, { headers }))
    } finally {
      await stop()
    }
  }

  test('a handler gets the user whose session the bearer or the cookie is, and the bearer goes first', async () => {
    const { users } = createTestUsers()
    const [ada, ben] = [await users.createUser({ email: 'ada@x.org' }), await users.createUser({ email: 'ben@x.org' })]
    const { secret } = await users.createUserSession(ada.id)
    const other = await users.createUserSession(ben.id)
    await asking({ users }, async (ask) => {
      const answers = [
        await ask({ Authorization: `Bearer ${secret}` }),
        await ask({ Cookie: `a=b; session=${secret}; c=d` }),
        await ask({ Authorization: `bearer ${secret}`, Cookie: `session=${other.secret}` }),
      ]
      for (const answer of answers) expect(await answer.text()).toBe(ada.id)
    })
  })

  test('without a living session nobody gets to the handler, and the answer says what to do', async () => {
    const { users } = createTestUsers()
    const { id } = await users.createUser({ email: 'ada@x.org' })
    const { secret } = await users.createUserSession(id)
    await users.updateUserStatus(id, { status: 'blocked' })
    await asking({ users }, async (ask) => {
      for (const headers of [
        {},
        { Authorization: 'Bearer' },
        { Authorization: 'Bearer %' },
        { Authorization: `Bearer ${secret}` },
        { Cookie: `session=${secret}` },
        { Cookie: 'session' },
      ]) {
        const answer = await ask(headers)
        expect(answer.status).toBe(401)
        expect(await answer.json()).toMatchObject({ code: 401, type: 'user_unauthorized' })
        expect(answer.headers.get('www-authenticate')).toBe('Bearer')
        expect(answer.headers.get('cache-control')).toBe('no-store')
      }
    })
  })

  test('a cookie that was not named is not looked at', async () => {
    const { users } = createTestUsers()
    const { secret } = await users.createUserSession((await users.createUser({ email: 'ada@x.org' })).id)
    await asking({ users, cookie: 'sid' }, async (ask) => {
      expect((await ask({ Cookie: `session=${secret}` })).status).toBe(401)
    })
  })

  test('a storage that fails lets nobody in, and the answer has no word of why', async () => {
    const { users } = createTestUsers({ storage: failingStorage(new Error('the disk is on fire')) })
    const logged: unknown[] = []
    const logger = { warn: () => undefined, error: (fields: object) => void logged.push(fields) }
    await asking({ users, logger }, async (ask) => {
      const answer = await ask({ Authorization: `Bearer ${'x'.repeat(43)}` })
      expect(answer.status).toBe(500)
      expect(await answer.text()).not.toContain('fire')
      expect(logged).toEqual([
        { err: expect.objectContaining({ message: 'the disk is on fire' }), reference: expect.any(String) },
      ])
    })
  })
})

test('a storage that is not available answers 503 and when to try again, and the log hears of it', async () => {
  const failure = new StorageFailedError('unreachable')
  const { users } = createTestUsers({ storage: failingStorage(failure) })
  const logged: unknown[] = []
  const logger = { warn: () => undefined, error: (fields: object) => void logged.push(fields) }
  const me = ofFetch.requireUser({ users, logger }, () => new Response())
  const answer = await me(new Request('http://host/me', { headers: { Authorization: `Bearer ${'x'.repeat(43)}` } }))
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1'])
  expect(logged).toEqual([{ err: failure }])
})

test('a wrong, missing or mistyped option is told by its name', () => {
  const { users } = createTestUsers()
  const make = (options: object) => () => ofExpress.requireUser(options as Options)
  expect(make({})).toThrow('requireUser: users must be')
  expect(make({ users, cookies: 'x' })).toThrow('requireUser: cookies is not an option')
  expect(make({ users, cookie: 'a b' })).toThrow('requireUser: cookie must be')
})

test('a handler that requireUser does not stand before is told so', () => {
  expect(() => ofExpress.signedIn({})).toThrow('put requireUser before this handler')
})
