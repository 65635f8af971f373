import express from 'express'
import fastify from 'fastify'
import Koa from 'koa'
import { describe, expect, test } from 'vitest'
import { expressUsers, UnexpectedError } from '../../adapters/express/index.js'
import { fastifyUsers } from '../../adapters/fastify/index.js'
import { fetchUsers } from '../../adapters/fetch/index.js'
import { type KoaContext, koaUsers } from '../../adapters/koa/index.js'
import type { StartedHttp } from '../../src/testing/http-contract/contract.js'
import { failingStorage } from '../../src/testing/http-contract/spies.js'
import { tinyLimiter } from '../../src/testing/http-contract/tiny-limiter.js'
import { letIn } from '../../src/testing/http-contract/world.js'
import { createTestUsers } from '../../src/testing/test-users.js'
import { listen } from './listen.js'

const silent = { warn: () => undefined, error: () => undefined }
const failing = () => ({
  users: createTestUsers({ storage: failingStorage(new Error('the disk is on fire')) }).users,
  authorize: letIn,
  logger: silent,
})

async function serving(host: Promise<StartedHttp>, law: (url: string) => Promise<void>): Promise<void> {
  const { url, stop } = await host
  try {
    await law(url)
  } finally {
    await stop()
  }
}

const sum = async (url: string) => Object(await (await fetch(url)).json()).sum

describe('Express', () => {
  test("the host's own routes go on behind the router, also below /users [B-20]", () => {
    const { users } = createTestUsers()
    const answer = (text: string) => (_: unknown, response: { end(text: string): void }) => response.end(text)
    const app = express()
      .use('/v1', expressUsers({ users, authorize: () => undefined }))
      .get('/v1/users/:id/avatar', answer('an avatar'))
      .get('/health', answer('well'))
    return serving(listen(app), async (url) => {
      expect(await (await fetch(`${url}/v1/users/a/avatar`)).text()).toBe('an avatar')
      expect(await (await fetch(`${url}/health`)).text()).toBe('well')
      expect((await fetch(`${url}/v1/users/a`)).status).toBe(401)
    })
  })

  test('two routers in one app share neither users nor counts [B-19, B-20]', () => {
    const [one, two] = [createTestUsers().users, createTestUsers().users]
    const limits = [tinyLimiter(1), tinyLimiter(1)] as const
    const app = express()
      .use('/one', expressUsers({ users: one, authorize: letIn, rateLimiter: limits[0] }))
      .use('/two', expressUsers({ users: two, authorize: letIn, rateLimiter: limits[1] }))
      .use('/tenants/:tenant', expressUsers({ users: two, authorize: letIn }))
    return serving(listen(app), async (url) => {
      await one.createUser({ email: 'ada@example.com' })
      expect(await sum(`${url}/one/users`)).toBe(1)
      expect(await sum(`${url}/two/users`)).toBe(0)
      expect(await sum(`${url}/tenants/acme/users?limit=0`)).toBe(0)
      const remove = async (place: string) =>
        (await fetch(`${url}/${place}/users/nobody/sessions`, { method: 'DELETE' })).status
      expect([await remove('one'), await remove('one'), await remove('two')]).toEqual([404, 429, 404])
    })
  })

  test("an error that no client may see reaches the host's error handler, with its cause [B-11]", () => {
    const errors: unknown[] = []
    const handler = (error: unknown, _: unknown, response: { end(text: string): void }, _next: unknown) => {
      errors.push(error)
      response.end('sorry')
    }
    return serving(listen(express().use('/v1', expressUsers(failing())).use(handler)), async (url) => {
      expect(await (await fetch(`${url}/v1/users`)).text()).toBe('sorry')
      expect(errors).toEqual([expect.any(UnexpectedError)])
      expect(errors[0]).toMatchObject({ statusCode: 500, cause: { message: 'the disk is on fire' } })
    })
  })

  test('behind a proxy that the host trusts, the address is the one it tells [B-83]', () => {
    const { users, events } = createTestUsers()
    const app = express()
      .set('trust proxy', 1)
      .use('/v1', expressUsers({ users, authorize: letIn }))
    return serving(listen(app), async (url) => {
      const { id } = await users.createUser({ email: 'ada@example.com' })
      const headers = { 'X-Forwarded-For': '6.6.6.6, 203.0.113.7' }
      await fetch(`${url}/v1/users/${id}/sessions`, { method: 'DELETE', headers })
      expect(events.at(-1)).toMatchObject({ event: 'session.all-deleted', ip: '203.0.113.7' })
    })
  })

  test('an answer that the host gave meanwhile stands, and the server goes on', () => {
    const { users } = createTestUsers()
    const app = express()
      .use((_: unknown, response: { end(text: string): void }, next: () => void) => {
        next()
        response.end('too late')
      })
      .use('/v1', expressUsers({ users, authorize: letIn }))
    return serving(listen(app), async (url) => {
      for (let round = 0; round < 2; round++) expect(await (await fetch(`${url}/v1/users`)).text()).toBe('too late')
    })
  })
})

describe('Koa', () => {
  test("the host's own routes go on behind the router, also below /users [B-20]", () => {
    const { users } = createTestUsers()
    const app = new Koa().use(koaUsers({ prefix: '/v1', users, authorize: () => undefined })).use((ctx: KoaContext) => {
      ctx.body = `the host at ${ctx.url}`
    })
    return serving(listen(app.callback()), async (url) => {
      for (const path of ['/v1/users/a/avatar', '/users', '/v1']) {
        expect(await (await fetch(url + path)).text()).toBe(`the host at ${path}`)
      }
      expect((await fetch(`${url}/v1/users/a`)).status).toBe(401)
    })
  })

  test('two routers in one app share neither users nor counts [B-19, B-20]', () => {
    const [one, two] = [createTestUsers().users, createTestUsers().users]
    const app = new Koa()
      .use(koaUsers({ prefix: '/one', users: one, authorize: letIn, rateLimiter: tinyLimiter(1) }))
      .use(koaUsers({ prefix: '/two', users: two, authorize: letIn, rateLimiter: tinyLimiter(1) }))
    return serving(listen(app.callback()), async (url) => {
      await one.createUser({ email: 'ada@example.com' })
      expect([await sum(`${url}/one/users`), await sum(`${url}/two/users`)]).toEqual([1, 0])
      const remove = async (place: string) =>
        (await fetch(`${url}/${place}/users/nobody/sessions`, { method: 'DELETE' })).status
      expect([await remove('one'), await remove('one'), await remove('two')]).toEqual([404, 429, 404])
    })
  })

  test("an error that no client may see reaches the host's middleware, with its cause [B-11]", () => {
    const errors: unknown[] = []
    const app = new Koa()
      .use(async (ctx: KoaContext, next: () => Promise<unknown>) => {
        await next().catch((error: unknown) => errors.push(error))
        ctx.body = 'sorry'
      })
      .use(koaUsers({ prefix: '/v1', ...failing() }))
    return serving(listen(app.callback()), async (url) => {
      expect(await (await fetch(`${url}/v1/users`)).text()).toBe('sorry')
      expect(errors).toEqual([expect.any(UnexpectedError)])
      expect(errors[0]).toMatchObject({ statusCode: 500, cause: { message: 'the disk is on fire' } })
    })
  })

  test('behind a proxy that the host trusts, the address is the one it tells [B-83]', () => {
    const { users, events } = createTestUsers()
    const app = Object.assign(new Koa(), { proxy: true, maxIpsCount: 1 })
    app.use(koaUsers({ prefix: '/v1', users, authorize: letIn }))
    return serving(listen(app.callback()), async (url) => {
      const { id } = await users.createUser({ email: 'ada@example.com' })
      const headers = { 'X-Forwarded-For': '6.6.6.6, 203.0.113.7' }
      await fetch(`${url}/v1/users/${id}/sessions`, { method: 'DELETE', headers })
      expect(events.at(-1)).toMatchObject({ event: 'session.all-deleted', ip: '203.0.113.7' })
    })
  })
})

describe('Fastify', () => {
  test("the host's hooks and routes go on, also below /users, and its parsers stay as they are", async () => {
    const { users } = createTestUsers()
    const seen: string[] = []
    const app = fastify()
    app.addHook('onResponse', async ({ url }, { statusCode }) => void seen.push(`${statusCode} ${url}`))
    app.register(fastifyUsers({ users, authorize: () => undefined }), { prefix: '/tenants/:tenant' })
    app.get('/tenants/:tenant/users/:id/avatar', async () => 'an avatar')
    app.post('/echo', async ({ body }) => body)
    await app.ready()
    await serving(listen(app.routing), async (url) => {
      expect(await (await fetch(`${url}/tenants/a/users/ada/avatar`)).text()).toBe('an avatar')
      expect((await fetch(`${url}/tenants/a/users/ada`)).status).toBe(401)
      expect((await fetch(`${url}/tenants/a/users/ada/nothing`)).status).toBe(404)
      const json = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"a":1}' }
      expect(await (await fetch(`${url}/echo`, json)).json()).toEqual({ a: 1 })
      expect(seen).toContain('401 /tenants/a/users/ada')
    })
  })

  test("an error that no client may see reaches the host's error handler, with its cause, and the host's log", async () => {
    const logged: string[] = []
    const app = fastify({ logger: { stream: { write: (line: string) => void logged.push(line) } } })
    const { logger: _, ...options } = failing()
    app.register(fastifyUsers(options), { prefix: '/v1' })
    const errors: unknown[] = []
    app.setErrorHandler((error, _request, reply) => {
      errors.push(error)
      return reply.code(500).send('sorry')
    })
    await app.ready()
    await serving(listen(app.routing), async (url) => {
      expect(await (await fetch(`${url}/v1/users`)).text()).toBe('sorry')
      expect(errors).toEqual([expect.objectContaining({ statusCode: 500, cause: expect.any(Error) })])
      expect(logged.filter((line) => line.includes('rollbook: a request failed'))).toHaveLength(1)
    })
  })

  test('a wrong option is told when the plugin is made', () => {
    expect(() => fastifyUsers(Object({ users: createTestUsers().users }))).toThrow(
      'fastifyUsers: authorize is required',
    )
  })
})

describe('fetch', () => {
  test('a path that is not ours answers 404, and an error that no client may see answers 500 without a word of it', async () => {
    const handler = fetchUsers({ ...failing(), prefix: '/v1' })
    expect((await handler(new Request('http://host/users'))).status).toBe(404)
    const answer = await handler(new Request('http://host/v1/users'))
    expect(answer.status).toBe(500)
    expect(await answer.text()).not.toContain('fire')
  })

  test('a body that somebody has read before is a mistake of the host, which its log tells', async () => {
    const logged: unknown[] = []
    const logger = { warn: () => undefined, error: (fields: object) => void logged.push(fields) }
    const { users } = createTestUsers()
    const request = new Request('http://host/users', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{}',
    })
    await request.text()
    expect((await fetchUsers({ users, authorize: letIn, logger })(request)).status).toBe(500)
    expect(logged).toEqual([
      expect.objectContaining({
        err: expect.objectContaining({ message: expect.stringContaining('request.clone()') }),
      }),
    ])
  })
})
