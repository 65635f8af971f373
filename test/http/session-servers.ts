import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import * as ofExpress from '../../adapters/express/index.js'
import * as ofFastify from '../../adapters/fastify/index.js'
import * as ofFetch from '../../adapters/fetch/index.js'
import * as ofKoa from '../../adapters/koa/index.js'
import type { StartedHttp } from '../../src/testing/http-contract/contract.js'
import { listen } from './listen.js'

/** The options that `requireUser` has on every mount. */
export type Options = Omit<ofExpress.RequireUserOptions, 'onUnauthorized'>
/** What is served, and with what options. */
export interface Served extends Options {
  /** Whether whoever is not signed in is sent to a page. */
  readonly redirects?: boolean
}

/** Serves `/me`, which answers the id of whoever is signed in, and `/`, which answers it or `nobody`. */
export const servers: Readonly<Record<string, (served: Served) => Promise<StartedHttp>>> = {
  Express: ({ redirects, ...options }) => {
    const { logger: _, ...where } = options
    const visitor = ofExpress.currentUser(where)
    const onUnauthorized = (_request: IncomingMessage, response: ServerResponse) =>
      response.writeHead(303, { Location: '/sign-in' }).end()
    return listen(
      express()
        .get(
          '/me',
          ofExpress.requireUser({ ...options, ...(redirects && { onUnauthorized }) }),
          async (request: IncomingMessage, response: ServerResponse) => {
            response.end(ofExpress.signedIn(request).user.id)
          },
        )
        .get('/', async (request: IncomingMessage, response: ServerResponse) => {
          response.end((await visitor(request))?.user.id ?? 'nobody')
        }),
    )
  },
  Koa: ({ redirects, ...options }) => {
    const { logger: _, ...where } = options
    const visitor = ofKoa.currentUser(where)
    const onUnauthorized = (ctx: ofKoa.KoaContext) => ctx.redirect('/sign-in')
    const guard = ofKoa.requireUser({ ...options, ...(redirects && { onUnauthorized }) })
    // Its default handler prints the errors that it answers.
    const app = Object.assign(new Koa(), { silent: true })
    return listen(
      app
        .use(async (ctx: ofKoa.KoaContext, next: () => Promise<unknown>) => {
          if (ctx.url === '/me') return guard(ctx, next)
          ctx.body = (await visitor(ctx))?.user.id ?? 'nobody'
        })
        .use((ctx: ofKoa.KoaContext) => {
          ctx.body = ofKoa.signedIn(ctx).user.id
        })
        .callback(),
    )
  },
  Fastify: async ({ redirects, ...options }) => {
    const { logger: _, ...where } = options
    const visitor = ofFastify.currentUser(where)
    const onUnauthorized = (_request: ofFastify.FastifyRequest, reply: ofFastify.FastifyReply) =>
      reply.redirect('/sign-in')
    const app = fastify()
    app.get(
      '/me',
      { preHandler: ofFastify.requireUser({ ...options, ...(redirects && { onUnauthorized }) }) },
      async (request) => ofFastify.signedIn(request).user.id,
    )
    app.get('/', async (request) => (await visitor(request))?.user.id ?? 'nobody')
    await app.ready()
    return listen(app.routing)
  },
  fetch: ({ redirects, ...options }) => {
    const { logger: _, ...where } = options
    const visitor = ofFetch.currentUser(where)
    const onUnauthorized = () => new Response(null, { status: 303, headers: { Location: '/sign-in' } })
    const guarded = { ...options, ...(redirects && { onUnauthorized }) }
    const me = ofFetch.requireUser(guarded, (_request, { user }, after: string) => new Response(user.id + after))
    const app = new Hono()
      .get('/me', (c) => me(c.req.raw, ''))
      .get('/', async (c) => c.text((await visitor(c.req.raw))?.user.id ?? 'nobody'))
    return listen(getRequestListener(app.fetch))
  },
}
