import { gzipSync } from 'node:zlib'
import express from 'express'
import express4 from 'express4'
import Koa from 'koa'
import bodyParser from 'koa-bodyparser'
import Koa2 from 'koa2'
import { describe, expect, test } from 'vitest'
import { expressUsers } from '../../adapters/express/index.js'
import { koaUsers } from '../../adapters/koa/index.js'
import type { StartHttp } from '../../src/testing/http-contract/contract.js'
import { withWorld } from '../../src/testing/http-contract/world.js'
import { listen } from './listen.js'

const user = { email: 'ada@example.com', password: 'correct horse' }
const json = { 'Content-Type': 'application/json' }
// Our limit is 128 KiB.
const ofLength = (bytes: number) => JSON.stringify({ ...user, more: 'x'.repeat(bytes) })

type Middleware = (request: { body?: unknown }, response: unknown, next: () => void) => void

const parsers: readonly (readonly [name: string, start: StartHttp])[] = [
  ...[express, express4].flatMap((create, index) => {
    const after = (parser: unknown): StartHttp => {
      return (options) => listen(create().use(parser).use(expressUsers(options)))
    }
    const framework = `Express ${5 - index}`
    const all = { limit: '2mb', type: () => true }
    return [
      [`${framework} after express.json`, after(create.json(all))],
      [`${framework} after express.text`, after(create.text(all))],
      [`${framework} after express.raw`, after(create.raw(all))],
    ] as const
  }),
  ...[Koa, Koa2].map((Framework, index) => {
    const start: StartHttp = (options) =>
      listen(
        new Framework()
          .use(bodyParser({ jsonLimit: '2mb' }))
          .use(koaUsers(options))
          .callback(),
      )
    return [`Koa ${3 - index} after koa-bodyparser`, start] as const
  }),
]

describe.each(parsers)('%s', (_, start) => {
  test('a body that the parser has decompressed and decoded is read, whatever the headers still say [B-150]', () =>
    withWorld(start, {}, async ({ send, users }) => {
      const types = ['application/json', 'application/json; profile="x"', 'application/json;']
      for (const [index, type] of types.entries()) {
        const body = gzipSync(JSON.stringify({ ...user, email: `user${index}@example.com` }))
        const headers = { 'Content-Type': type, 'Content-Encoding': 'gzip' }
        expect((await send('POST', '/users', { body, headers })).status, type).toBe(201)
      }
      expect((await users.listUsers({ total: true })).total).toBe(types.length)
    }))

  test('a body is still JSON alone: what a page of another site can send is refused [B-150]', () =>
    withWorld(start, {}, async ({ send, users }) => {
      const types = ['text/plain', 'text/plain; application/json', 'application/x-www-form-urlencoded']
      for (const type of [...types, 'multipart/form-data; boundary=json']) {
        const answer = await send('POST', '/users', { body: JSON.stringify(user), headers: { 'Content-Type': type } })
        expect([400, 415], type).toContain(answer.status)
      }
      expect((await users.listUsers({ total: true })).total).toBe(0)
    }))

  test('the limit of 128 KiB holds whatever the parser lets through: told, in chunks and decompressed [B-150]', () =>
    withWorld(start, {}, async ({ send, users }) => {
      const [long, short] = [ofLength(300_000), ofLength(100_000)]
      const sent = (body: string) => [
        { body, headers: json },
        { body, headers: { ...json, 'Transfer-Encoding': 'chunked' } },
        { body: gzipSync(body), headers: { ...json, 'Content-Encoding': 'gzip' } },
      ]
      for (const one of sent(long)) {
        const answer = await send('POST', '/users', one)
        expect([answer.status, Object(answer.body).type]).toEqual([413, 'general_body_too_large'])
      }
      expect((await users.listUsers({ total: true })).total).toBe(0)
      for (const one of sent(short)) {
        expect((await send('POST', '/users', one)).status).toBe(201)
        for (const { id } of (await users.listUsers()).items) await users.deleteUser(id)
      }
    }))
})

describe('Express', () => {
  const after =
    (middleware: Middleware): StartHttp =>
    (options) =>
      listen(express().use(express.json()).use(middleware).use(expressUsers(options)))

  test('a body that a middleware has made something else of is what it says, and one that is no JSON is refused [B-150]', async () => {
    const circle: Record<string, unknown> = {}
    circle['self'] = circle
    const made = [
      [{ ...user, email: 'eve@example.com' }, 201],
      [JSON.stringify(user), 201],
      [{ ...user, more: 'x'.repeat(200_000) }, 413],
      [circle, 400],
      [{ big: 1n }, 400],
      [[user], 400],
      ['{', 400],
    ] as const
    for (const [value, status] of made) {
      const start = after((request, _, next) => {
        request.body = value
        next()
      })
      await withWorld(start, {}, async ({ send }) => {
        const sent = { body: gzipSync('{}'), headers: { ...json, 'Content-Encoding': 'gzip' } }
        expect((await send('POST', '/users', sent)).status, String(value)).toBe(status)
      })
    }
  })

  test('a stream that a middleware has given an encoding is read as text [B-150]', () => {
    const start: StartHttp = (options) => {
      const encoding = (request: { setEncoding(name: string): void }, _: unknown, next: () => void) => {
        request.setEncoding('utf8')
        next()
      }
      return listen(express().use(encoding).use(expressUsers(options)))
    }
    return withWorld(start, {}, async ({ send }) => {
      const answer = await send('POST', '/users', { json: { ...user, name: 'Zoë 🦊' } })
      expect([answer.status, Object(answer.body).name]).toEqual([201, 'Zoë 🦊'])
    })
  })
})
