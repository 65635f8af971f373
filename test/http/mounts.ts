import { getRequestListener, type HttpBindings } from '@hono/node-server'
import express from 'express'
import express4 from 'express4'
import fastify from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import bodyParser from 'koa-bodyparser'
import mount from 'koa-mount'
import Koa2 from 'koa2'
import { expressUsers } from '../../adapters/express/index.js'
import { fastifyUsers } from '../../adapters/fastify/index.js'
import { fetchUsers } from '../../adapters/fetch/index.js'
import { koaUsers } from '../../adapters/koa/index.js'
import type { HttpContractOptions, StartHttp } from '../../src/testing/http-contract/contract.js'
import { fastifyRefusals, fetchRefusals } from './framework-refusals.js'
import { listen } from './listen.js'
import type { Parser } from './parser-refusals.js'

/** A way to mount the router, for the contract. */
export interface Mount {
  readonly name: string
  readonly start: StartHttp
  /** What the host has in front of it. */
  readonly parser?: Parser
  /** What the framework answers itself, or cannot say. */
  readonly refusals?: typeof fastifyRefusals
}

/** Every supported framework, at the root and under a prefix, before and after the host's parsers. */
export const mounts: readonly Mount[] = [
  ...expressMounts('Express 5', express),
  ...expressMounts('Express 4', express4),
  ...['', '/v1'].map((prefix) => ({
    name: `node:http at ${prefix || 'the root'}`,
    start: ((options) => listen(expressUsers({ ...options, prefix }), prefix)) satisfies StartHttp,
  })),
  ...koaMounts('Koa 3', Koa),
  ...koaMounts('Koa 2', Koa2),
  ...['', '/v1'].map((prefix) => ({
    name: `Fastify 5 at ${prefix || 'the root'}`,
    start: startFastify(prefix),
    refusals: fastifyRefusals,
  })),
  ...['', '/v1'].map((prefix) => ({
    name: `fetch, by Hono, at ${prefix || 'the root'}`,
    start: startHono(prefix),
    refusals: fetchRefusals,
  })),
]

function startFastify(prefix: string): StartHttp {
  return async (options) => {
    const app = fastify()
    app.register(fastifyUsers(options), { prefix })
    await app.ready()
    return listen(app.routing, prefix)
  }
}

function startHono(prefix: string): StartHttp {
  return (options) => {
    const handler = fetchUsers({ ...options, prefix })
    const app = new Hono<{ Bindings: HttpBindings }>()
    app.all(`${prefix}/*`, (c) => handler(c.req.raw, { ip: c.env.incoming.socket.remoteAddress }))
    return listen(getRequestListener(app.fetch), prefix)
  }
}

function expressMounts(framework: string, create: typeof express): Mount[] {
  const at = (place: string, parser?: Parser): Mount => ({
    name: `${framework} at ${place || 'the root'}, ${parser ? `after ${parser}` : 'before any parser'}`,
    ...(parser && { parser }),
    start(options) {
      // As in development, where Express prints an error into its answer.
      const app = create().set('env', 'development')
      if (parser) app.use(create.json({ strict: parser === 'express.json' }))
      return listen(app.use(place || '/', expressUsers(options)), place)
    },
  })
  const loose = 'express.json, not strict'
  return [at(''), at('/v1'), at('', loose), at('', 'express.json'), at('/v1', 'express.json')]
}

function koaMounts(framework: string, Framework: typeof Koa): Mount[] {
  const at = (
    place: string,
    path: string,
    make: (options: HttpContractOptions) => unknown,
    parser?: Parser,
  ): Mount => ({
    name: `${framework} at ${place}, ${parser ? `after ${parser}` : 'before any parser'}`,
    ...(parser && { parser }),
    start(options) {
      const app = new Framework()
      if (parser) app.use(bodyParser({ strict: parser === 'koa-bodyparser' }))
      return listen(app.use(make(options)).callback(), path)
    },
  })
  const prefixed = (options: HttpContractOptions) => koaUsers({ ...options, prefix: '/v1' })
  const mounted = (options: HttpContractOptions) => mount('/v1', koaUsers(options))
  return [
    at('the root', '', koaUsers),
    at('a prefix', '/v1', prefixed),
    at('a prefix of koa-mount', '/v1', mounted),
    at('the root', '', koaUsers, 'koa-bodyparser'),
    at('a prefix', '/v1', prefixed, 'koa-bodyparser, not strict'),
    at('a prefix of koa-mount', '/v1', mounted, 'koa-bodyparser'),
  ]
}
