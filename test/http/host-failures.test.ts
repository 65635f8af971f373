import type { IncomingMessage, ServerResponse } from 'node:http'
import { runInNewContext } from 'node:vm'
import express from 'express'
import fastify from 'fastify'
import Koa from 'koa'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import * as ofExpress from '../../adapters/express/index.js'
import * as ofFastify from '../../adapters/fastify/index.js'
import * as ofFetch from '../../adapters/fetch/index.js'
import * as ofKoa from '../../adapters/koa/index.js'
import { failingStorage } from '../../src/testing/http-contract/spies.js'
import { letIn } from '../../src/testing/http-contract/world.js'
import { createTestUsers } from '../../src/testing/test-users.js'
import { exchange } from '../attack/raw-http.js'
import { listen } from './listen.js'

const warnings: string[] = []
const fails = () => {
  throw new Error('the log is full')
}
const throwing = { warn: fails, error: fails }
const ofAnotherRealm = runInNewContext(
  "const fails = async () => { throw new Error('the log is full') }; ({ warn: fails, error: fails })",
)
const rejecting = { warn: async () => fails(), error: async () => fails() }
const failing = () => createTestUsers({ storage: failingStorage(new Error('the disk is on fire')) }).users

beforeEach(() => {
  warnings.length = 0
  vi.spyOn(process, 'emitWarning').mockImplementation((warning) => void warnings.push(String(warning)))
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})

afterEach(() => {
  vi.restoreAllMocks()
})

type Listener = (request: IncomingMessage, response: ServerResponse) => void

async function answered(listener: Listener, headers: readonly (readonly [string, string])[] = []) {
  const { url, stop } = await listen(listener)
  try {
    const sent = { method: 'GET', target: '/users', headers: [['Host', 'x'], ...headers] as const, body: Buffer.of() }
    const first = await exchange(url, sent)
    // The process lives, and serves the next one alike.
    expect((await exchange(url, sent))?.status).toBe(first?.status)
    return first
  } finally {
    await stop()
  }
}

describe.each([
  ['throws', throwing],
  ['rejects', rejecting],
  ['rejects in another realm', ofAnotherRealm],
])('a logger that %s', (_, logger) => {
  test('leaves its own error as a warning of the process, beside what it was told [B-151]', async () => {
    const options = { users: failing(), authorize: letIn, logger }
    expect((await answered(ofExpress.expressUsers(options)))?.status).toBe(500)
    expect(warnings.filter((text) => text.includes('the disk is on fire'))).toHaveLength(2)
    expect(warnings.filter((text) => text.includes('the logger threw: Error: the log is full'))).toHaveLength(2)
  })

  test('changes nothing of what requireUser answers, on any mount [B-151]', async () => {
    const options = { users: failing(), logger }
    const bearer = [['Authorization', `Bearer ${'x'.repeat(43)}`]] as const
    const koa = new Koa().use(ofKoa.requireUser(options)).callback()
    const app = fastify()
    app.get('/users', { preHandler: ofFastify.requireUser(options) }, async () => 'in')
    await app.ready()
    const listeners = [express().use(ofExpress.requireUser(options)), koa, app.routing]
    for (const listener of listeners) expect((await answered(listener, bearer))?.status).toBe(500)
    const me = ofFetch.requireUser(options, () => new Response('in'))
    expect(
      (await me(new Request('http://x/users', { headers: [...bearer.map((pair) => [...pair] as [string, string])] })))
        .status,
    ).toBe(500)
    expect(warnings.filter((text) => text.includes('the logger threw'))).toHaveLength(7)
  })
})

describe('on node:http', () => {
  const { users } = createTestUsers()

  test('a next that throws ends neither the process nor the request without an answer [B-151]', async () => {
    const router = ofExpress.expressUsers({ users: failing(), authorize: letIn, logger: throwing })
    expect((await answered((request, response) => router(request, response, fails)))?.status).toBe(500)
  })

  test('a response that cannot be sent closes the connection, and the process lives [B-151]', async () => {
    const router = ofExpress.expressUsers({ users, authorize: letIn })
    const listener: Listener = (request, response) => router(request, Object.assign(response, { end: fails }))
    expect(await answered(listener)).toBeUndefined()
  })

  test('an error whose words cannot be read is a failure like any other [B-151]', async () => {
    const odd = Object.defineProperty(new Error(), 'message', { get: fails })
    const authorize = () => {
      throw odd
    }
    expect((await answered(ofExpress.expressUsers({ users, authorize })))?.status).toBe(500)
  })
})

test('a session that is given twice is none, for requireUser on every mount [B-149]', async () => {
  const { users } = createTestUsers()
  const { id } = await users.createUser({ email: 'ada@example.com' })
  const { secret } = await users.createUserSession(id)
  const bearer = ['Authorization', `Bearer ${secret}`] as const
  const app = fastify()
  app.get('/users', { preHandler: ofFastify.requireUser({ users }) }, async () => 'in')
  await app.ready()
  const inside = (_: unknown, response: { end(text: string): void }) => response.end('in')
  const koa = new Koa().use(ofKoa.requireUser({ users })).use((ctx: { body: unknown }) => {
    ctx.body = 'in'
  })
  for (const listener of [express().use(ofExpress.requireUser({ users })).use(inside), koa.callback(), app.routing]) {
    expect((await answered(listener, [bearer]))?.text).toBe('in')
    for (const more of [bearer, ['Authorization', 'Bearer x'] as const]) {
      expect((await answered(listener, [bearer, more]))?.status).toBe(401)
    }
  }
})
