import type { ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import Koa from 'koa'
import { expect, test } from 'vitest'
import { type ExpressRequest, expressUsers } from '../../adapters/express/index.js'
import { fastifyUsers } from '../../adapters/fastify/index.js'
import { fetchUsers } from '../../adapters/fetch/index.js'
import { type KoaContext, koaUsers } from '../../adapters/koa/index.js'
import { apiKeys } from '../../src/http/api-keys.js'
import type { UsersHttpOptions } from '../../src/http/options.js'
import { createTestUsers } from '../../src/testing/test-users.js'
import { listen } from './listen.js'

const origin = 'https://admin.example.com'
const allowed = { 'Access-Control-Allow-Origin': origin, 'Access-Control-Allow-Headers': 'Authorization' }
type Start = (options: UsersHttpOptions) => ReturnType<typeof listen>

/** A handler of CORS in front of the router, as each framework has one. */
const hosts: Readonly<Record<string, Start>> = {
  Express: (options) => {
    const app = express()
    app.use((request: ExpressRequest, response: ServerResponse, next: () => void) => {
      for (const [name, value] of Object.entries(allowed)) response.setHeader(name, value)
      if (request.method === 'OPTIONS') response.writeHead(204).end()
      else next()
    })
    return listen(app.use('/v1', expressUsers(options)))
  },
  Koa: (options) => {
    const app = new Koa()
    app.use(async (ctx: KoaContext, next: () => Promise<unknown>) => {
      ctx.set(allowed)
      if (ctx.method === 'OPTIONS') ctx.status = 204
      else await next()
    })
    return listen(app.use(koaUsers({ ...options, prefix: '/v1' })).callback())
  },
  Fastify: async (options) => {
    const app = fastify()
    app.addHook('onRequest', async (request, reply) => {
      reply.headers(allowed)
      return request.method === 'OPTIONS' ? reply.code(204).send() : undefined
    })
    app.register(fastifyUsers(options), { prefix: '/v1' })
    await app.ready()
    return listen(app.routing)
  },
  Hono: (options) => {
    const handler = fetchUsers({ ...options, prefix: '/v1' })
    const app = new Hono().use('/v1/*', cors({ origin, allowHeaders: ['Authorization'] }))
    return listen(getRequestListener(app.all('/v1/*', (c) => handler(c.req.raw)).fetch))
  },
}

test.each(Object.entries(hosts))(
  'on %s a handler of CORS in front of the router answers preflights, and its headers are on every answer [B-157]',
  async (_, start) => {
    const { users } = createTestUsers()
    const { url, stop } = await start({ users, authorize: apiKeys(['key']) })
    try {
      const preflight = { Origin: origin, 'Access-Control-Request-Method': 'GET' }
      const asked = await fetch(`${url}/v1/users`, { method: 'OPTIONS', headers: preflight })
      expect(asked.status).toBe(204)
      expect(asked.headers.get('access-control-allow-headers')).toBe('Authorization')
      for (const [key, status] of [
        ['key', 200],
        ['wrong', 401],
      ] as const) {
        const answer = await fetch(`${url}/v1/users`, { headers: { Origin: origin, Authorization: `Bearer ${key}` } })
        expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([status, origin])
      }
    } finally {
      await stop()
    }
  },
)
