import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { Client, Pool } from 'pg'
import { RateLimiterPostgres, RateLimiterRedis } from 'rate-limiter-flexible'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { apiKeys, expressUsers, type RateLimiter } from '../../adapters/express/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import { createTestUsers } from '../../src/testing/index.js'
import { listen } from './listen.js'

const limit = { points: 100, duration: 60 * 60 }
const name = `rollbook_limits_${process.pid}`

interface Store {
  readonly kind: 'redis' | 'postgres'
  readonly url: string | undefined
  /** A limiter as the documentation makes it. */
  limiter(url: string): { readonly limiter: RateLimiter; close(): unknown }
  prepare(url: string): Promise<void>
  cleanUp(url: string): Promise<void>
}

const stores: readonly Store[] = [
  {
    kind: 'redis',
    url: process.env['REDIS_URL'],
    limiter(url) {
      const redis = new Redis(url)
      redis.on('error', () => {})
      const limiter = new RateLimiterRedis({
        storeClient: redis,
        rejectIfRedisNotReady: true,
        keyPrefix: name,
        ...limit,
      })
      return { limiter, close: () => redis.disconnect() }
    },
    async prepare() {},
    async cleanUp(url) {
      const redis = new Redis(url)
      const keys = await redis.keys(`${name}:*`)
      if (keys.length > 0) await redis.del(keys)
      redis.disconnect()
    },
  },
  {
    kind: 'postgres',
    url: process.env['POSTGRES_URL'],
    limiter(url) {
      const pool = new Pool({ connectionString: url, connectionTimeoutMillis: 1000 })
      pool.on('error', () => {})
      const limiter = new RateLimiterPostgres({ storeClient: pool, tableName: name, tableCreated: true, ...limit })
      return { limiter, close: () => pool.end() }
    },
    async prepare(url) {
      const page = readFileSync(path.join(import.meta.dirname, '../../docs/shared-limits.md'), 'utf8')
      const sql = /^```sql\n(.*?)^```$/ms.exec(page)?.[1] ?? ''
      await query(url, sql.replace('rollbook_limits', name))
    },
    cleanUp: (url) => query(url, `drop table ${name}`),
  },
]

async function query(url: string, sql: string): Promise<void> {
  const client = new Client(url)
  await client.connect()
  await client.query(sql)
  await client.end()
}

let folder: string
const closing: (() => unknown)[] = []
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rollbook-limits-'))
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  rmSync(folder, { recursive: true })
})

function send(address: string): Promise<Response> {
  return fetch(address, { method: 'DELETE', headers: { 'X-Appwrite-Key': 'key' } })
}

/** Four processes on one file of users, with one limit; answers where their routes are. */
async function startFour(store: string, url: string): Promise<string[]> {
  const database = path.join(folder, 'users.db')
  const { users } = createTestUsers({ storage: sqliteStorage(database) })
  await users.createUser({ id: 'ada', email: 'ada@example.com' })
  await users.close()
  const fixture = path.join(import.meta.dirname, '../processes/rate-limit-serve.mjs')
  const children = Array.from({ length: 4 }, () => fork(fixture, [database, store, url, name], { execArgv: [] }))
  closing.push(async () => {
    const exits = children.map((child) => once(child, 'exit'))
    for (const child of children) child.disconnect()
    await Promise.all(exits)
  })
  const ports = await Promise.all(children.map((child) => once(child, 'message')))
  return ports.map(([port]) => `http://127.0.0.1:${port}/v1`)
}

/** The headers of the limit, without those that tell a time. */
function stateOf({ status, headers }: Response) {
  const { route, remaining, seconds } =
    /^"(?<route>\w+)";r=(?<remaining>\d+);t=(?<seconds>\d+)$/.exec(headers.get('RateLimit') ?? '')?.groups ?? {}
  expect(headers.get('RateLimit-Policy')).toBe(`"${route}";q=100;w=3600`)
  expect([headers.get('X-RateLimit-Limit'), headers.get('X-RateLimit-Remaining')]).toEqual(['100', remaining])
  const left = Number(headers.get('X-RateLimit-Reset')) - Date.now() / 1000
  for (const wait of [left, Number(seconds)]) {
    expect(wait).toBeGreaterThan(3500)
    expect(wait).toBeLessThanOrEqual(3601)
  }
  if (status === 429) expect(Math.abs(Number(headers.get('Retry-After')) - Number(seconds))).toBeLessThanOrEqual(1)
  else expect(headers.get('Retry-After')).toBeNull()
  return { status, route, remaining: Number(remaining) }
}

describe.each(stores)('a limit that four processes share in $kind', ({ kind, url = '', limiter, prepare, cleanUp }) => {
  test.skipIf(url === '')(
    'lets exactly 100 of 240 requests at once through, on each route, and tells each [B-79, B-81]',
    async () => {
      await prepare(url)
      closing.push(() => cleanUp(url))
      const places = await startFour(kind, url)
      const routes = [
        { route: 'deleteUserSessions', path: '/users/ada/sessions', passed: 200 },
        { route: 'deleteUserSession', path: '/users/ada/sessions/none', passed: 404 },
      ]
      const requests = Array.from({ length: 240 }, (_, index) => places[index % 4])
      for (const { route, path, passed } of routes) {
        const states = (await Promise.all(requests.map((place) => send(`${place}${path}`)))).map(stateOf)
        const through = states.filter(({ status }) => status === passed)
        const refused = states.filter(({ status }) => status === 429)
        expect([through.length, refused.length]).toEqual([100, 140])
        // Each was told another number: nobody was counted twice or not at all.
        const told = through.map(({ remaining }) => remaining).toSorted((a, b) => a - b)
        expect(told).toEqual(Array.from({ length: 100 }, (_, index) => index))
        expect(new Set(refused.map(({ remaining }) => remaining))).toEqual(new Set([0]))
        expect(new Set(states.map((state) => state.route))).toEqual(new Set([route]))
      }
    },
  )

  test.skipIf(url === '')(
    'stops counting while the store is away, says so, and goes on when it is back [B-87]',
    async () => {
      await prepare(url)
      closing.push(() => cleanUp(url))
      const road = await roadTo(url)
      const { place, told } = await serve(limiter(road.url))
      const before = await remainingOnceCounted(place)
      told.length = 0

      await road.close()
      for (const tries of [1, 2, 3]) {
        const answer = await send(place)
        expect([answer.status, answer.headers.get('X-RateLimit-Limit')]).toEqual([200, null])
        expect(told).toHaveLength(tries)
      }
      expect(new Set(told)).toEqual(new Set(['rollbook: the rate limiter failed; the request proceeds without it']))

      await road.open()
      expect(await remainingOnceCounted(place)).toBe(before - 1)
    },
  )
})

test.each(stores)('sessions can be ended when $kind cannot be reached at all [B-87]', async ({ limiter }) => {
  const road = await roadTo('redis://127.0.0.1:1')
  await road.close()
  const { place, told, users } = await serve(limiter(road.url))
  const { secret } = await users.createUserSession('ada')
  const start = performance.now()
  const answer = await send(place)
  expect([answer.status, answer.headers.get('X-RateLimit-Limit')]).toEqual([200, null])
  expect(performance.now() - start).toBeLessThan(5000)
  expect(told).toHaveLength(1)
  await expect(users.verifyUserSession(secret)).rejects.toMatchObject({ code: 'invalid-session' })
})

/** Sends requests until one is counted: a lost connection takes its time to be made anew. */
async function remainingOnceCounted(place: string): Promise<number> {
  for (;;) {
    const remaining = (await send(place)).headers.get('X-RateLimit-Remaining')
    if (remaining !== null) return Number(remaining)
    await pause(20)
  }
}

/** The routes in this process, and what the logger is told. */
async function serve({ limiter, close }: ReturnType<Store['limiter']>) {
  closing.push(close)
  const { users } = createTestUsers()
  await users.createUser({ id: 'ada', email: 'ada@example.com' })
  const told: unknown[] = []
  const logger = { warn: () => {}, error: (_: unknown, message?: unknown) => void told.push(message) }
  const authorize = apiKeys(['key'])
  const { url, stop } = await listen(expressUsers({ users, authorize, logger, rateLimiter: limiter, prefix: '/v1' }))
  closing.push(stop)
  return { users, told, place: `${url}/v1/users/ada/sessions` }
}

/** Another address of a store, which can be closed and opened again. */
async function roadTo(url: string) {
  const { hostname, port: targetPort } = new URL(url)
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    const onward = connect(Number(targetPort), hostname)
    for (const end of [socket, onward]) {
      sockets.add(end)
      end.on('error', () => {}).on('close', () => sockets.delete(end))
    }
    socket.pipe(onward).pipe(socket)
  })
  let port = 0
  const road = {
    async open() {
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
      // The kind of an address is that of the server: this one has a port.
      port = (server.address() as AddressInfo).port
    },
    async close() {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
  await road.open()
  closing.push(() => road.close())
  const own = new URL(url)
  own.hostname = '127.0.0.1'
  own.port = String(port)
  return { ...road, url: own.href }
}
