import { EventEmitter } from 'node:events'
import { inspect } from 'node:util'
import { Client, types } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { PostgresPool } from '../../../adapters/postgres/connection/pool.js'
import { type PostgresStorage, postgresStorage } from '../../../adapters/postgres/index.js'
import { createTestUsers } from '../../../src/testing/index.js'
import { aQuery, aSession, aUserRecord } from '../../../src/testing/storage-contract/builders.js'
import { given, insertUser, replaceUser } from '../../../src/testing/storage-contract/changes.js'
import { pgliteDatabase, type TestDatabase } from './databases.js'

const ann = aUserRecord({ id: 'ann', passwordHash: 'the hash of ann', passwordUpdatedAt: new Date(5) })

let database: TestDatabase
let schema: string
let storage: PostgresStorage

beforeAll(async () => {
  database = await pgliteDatabase({ trigrams: true })
  schema = database.newSchema()
  storage = postgresStorage({ pool: database.pool }, { schema })
  await storage.migrate()
  await given(storage, { users: [ann], sessions: [aSession()] })
})
afterAll(() => database.close())
afterEach(() => {
  vi.restoreAllMocks()
})

/** The queries that a piece of work sends. */
async function queriesOf(work: () => Promise<unknown>): Promise<{ text: string; name?: string }[]> {
  const query = vi.spyOn(Client.prototype, 'query')
  await work()
  // What the storage gives, each time.
  const queries = query.mock.calls.map(([given_]) => given_ as unknown as { text: string; name?: string })
  query.mockRestore()
  return queries
}

describe('a statement', () => {
  test('is prepared under a name that follows from its text, in every storage the same', async () => {
    const find = () => storage.findUser({ id: 'ann' })
    const again = () => postgresStorage({ pool: database.pool }, { schema }).findUser({ id: 'ann' })
    const elsewhere = postgresStorage({ pool: database.pool }, { schema, prefix: 'other_' })
    await elsewhere.migrate()
    const [first, second, third] = [
      await queriesOf(find),
      await queriesOf(again),
      await queriesOf(() => elsewhere.findUser({ id: 'ann' })),
    ]
    expect(first).toEqual([
      {
        text: expect.stringContaining('select'),
        values: ['ann'],
        name: expect.stringMatching(/^rollbook_[0-9a-f]{32}$/),
      },
    ])
    expect(second.at(-1)?.name).toBe(first[0]?.name)
    expect(third.at(-1)?.name).not.toBe(first[0]?.name)
  })

  test('of a search is planned anew for each text', async () => {
    const queries = await queriesOf(() => storage.listUsers(aQuery({ match: 'ann', limit: 0, total: 'exact' })))
    expect(queries).toHaveLength(2)
    for (const query of queries) expect(query).not.toHaveProperty('name')
  })

  test('is sent once for each change of a commit, between one that begins and one that ends it', async () => {
    const touch = { op: 'touchSession', sessionId: 's1', usedAt: new Date(0) } as const
    expect((await queriesOf(() => storage.commit([touch, touch]))).map(({ text }) => text.slice(0, 6))).toEqual([
      'begin ',
      'update',
      'update',
      'commit',
    ])
  })

  test('does not count what the page has shown already', async () => {
    expect(await queriesOf(() => storage.listUsers(aQuery({ total: 'exact' })))).toHaveLength(1)
    expect(await queriesOf(() => storage.listUsers(aQuery({ total: 'none', limit: 0 })))).toHaveLength(1)
  })
})

describe('whole numbers', () => {
  test('are numbers, whatever the host has told the driver to make of them, which stays told', async () => {
    const before = types.getTypeParser(20)
    types.setTypeParser(20, BigInt)
    types.setTypeParser(23, BigInt)
    try {
      expect(await storage.findUser({ id: 'ann' })).toEqual(ann)
      expect((await storage.listUsers(aQuery({ total: 'exact', limit: 0 }))).total).toBe(1)
      expect((await database.pool.query('select 7::bigint as seven')).rows).toEqual([{ seven: 7n }])
    } finally {
      types.setTypeParser(20, before)
      types.setTypeParser(23, Number)
    }
  })
})

describe('an error of the server', () => {
  test('keeps its code and loses the values of rows', async () => {
    const other = aSession({ id: 's2', secretHash: 'hash of s1' })
    const error = await storage.commit([{ op: 'insertSession', session: other }]).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'storage-failed', reason: 'unknown' })
    expect(error).toMatchObject({ cause: { code: '23505', constraint: 'rollbook_sessions_secret_unique' } })
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('hash of s1')
  })

  test.each([
    ['40001', { code: 'storage-conflict', reason: 'busy' }],
    ['40P01', { code: 'storage-conflict', reason: 'busy' }],
    ['55P03', { code: 'storage-failed', reason: 'timeout' }],
    ['57014', { code: 'storage-failed', reason: 'timeout' }],
    ['53100', { code: 'storage-failed', reason: 'full' }],
    ['53300', { code: 'storage-failed', reason: 'no-connection' }],
    ['25006', { code: 'storage-failed', reason: 'read-only' }],
    ['XX001', { code: 'storage-failed', reason: 'corrupt' }],
    ['57P01', { code: 'storage-failed', reason: 'unreachable' }],
    ['57P03', { code: 'storage-failed', reason: 'unreachable' }],
    ['08006', { code: 'storage-failed', reason: 'unreachable' }],
    ['42P01', { code: 'storage-not-migrated' }],
    ['28P01', { code: 'storage-open-failed' }],
    ['3D000', { code: 'storage-open-failed' }],
    ['42501', { code: 'storage-open-failed' }],
    ['XX000', { code: 'storage-failed', reason: 'unknown' }],
  ])('%s is told as ours', async (code, expected) => {
    const faulty = await withFaults(({ text }) => (text.startsWith('select') ? serverError(code) : undefined))
    await expect(faulty.findUser({ id: 'ann' })).rejects.toMatchObject(expected)
  })

  test.each([
    [
      'the driver waited too long for a connection',
      new Error('timeout exceeded when trying to connect'),
      'no-connection',
    ],
    ['nobody answers', Object.assign(new Error(''), { code: 'ECONNREFUSED', syscall: 'connect' }), 'unreachable'],
    ['the driver waited too long for an answer', new Error('Query read timeout'), 'timeout'],
  ])('%s', async (_what, failure, reason) => {
    const faulty = await withFaults(() => failure)
    await expect(faulty.findUser({ id: 'ann' })).rejects.toMatchObject({ code: 'storage-failed', reason })
  })
})

describe('a connection', () => {
  test('goes back to the pool after a conflict, rolled back, and away when it is lost', async () => {
    const released: boolean[] = []
    let failure: unknown
    const faulty = await withFaults(({ text }) => (text.startsWith('update') ? failure : undefined), released)
    const change = replaceUser({ ...ann, version: 9 })
    await expect(faulty.commit([change])).rejects.toMatchObject({ reason: 'stale-user' })
    await expect(faulty.commit([change, change])).rejects.toMatchObject({ reason: 'stale-user' })
    failure = serverError('55P03')
    await expect(faulty.commit([change, change])).rejects.toMatchObject({ reason: 'timeout' })
    expect(released.splice(0)).toEqual([false, false, false])
    failure = serverError('57P01')
    await expect(faulty.commit([change, change])).rejects.toMatchObject({ reason: 'unreachable' })
    failure = new Error('Connection terminated unexpectedly')
    await expect(faulty.commit([change, change])).rejects.toMatchObject({ reason: 'unreachable' })
    expect(released).toEqual([true, true])
    expect(await storage.findUser({ id: 'ann' })).toEqual(ann)
  })

  test('goes away when it cannot roll back, and the first error is told [B-94]', async () => {
    const released: boolean[] = []
    const failures: Readonly<Record<string, string>> = { update: '55P03', rollba: '57014' }
    const faulty = await withFaults(({ text }) => {
      const code = failures[text.slice(0, 6)]
      return code === undefined ? undefined : serverError(code)
    }, released)
    await expect(faulty.commit([insertUser(aUserRecord({ id: 'lost' })), replaceUser(ann)])).rejects.toMatchObject({
      cause: { code: '55P03' },
    })
    expect(released).toEqual([true])
    expect(await storage.findUser({ id: 'lost' })).toBeUndefined()
  })

  test.each(['57P01', undefined])(
    'that is lost at the commit (%s) leaves the outcome unknown, and goes away [B-105]',
    async (code) => {
      const released: boolean[] = []
      const lost = code === undefined ? new Error('Connection terminated') : serverError(code)
      const faulty = await withFaults(({ text }) => (text === 'commit' ? lost : undefined), released)
      const change = insertUser(aUserRecord({ id: 'perhaps' }))
      await expect(faulty.commit([change])).rejects.toMatchObject({ code: 'commit-outcome-unknown' })
      expect(released).toEqual([true])
    },
  )

  test('that is lost before the commit leaves nothing unknown, not even with one change [B-105]', async () => {
    const faulty = await withFaults(({ text }) =>
      text.startsWith('insert') ? new Error('Connection terminated') : undefined,
    )
    const write = faulty.commit([{ op: 'appendActivity', activity: { id: 'e', event: 'x', at: new Date() } }])
    await expect(write).rejects.toMatchObject({ code: 'storage-failed', reason: 'unreachable' })
  })

  test('whose commit the server has refused leaves nothing unknown', async () => {
    const faulty = await withFaults(({ text }) => (text === 'commit' ? serverError('40001') : undefined))
    await expect(faulty.commit([insertUser(aUserRecord({ id: 'no' }))])).rejects.toMatchObject({ reason: 'busy' })
  })
})

describe('the retries of the core', () => {
  test.each(['40001', '40P01'])(
    '%s is tried again with the ids and times of the first attempt [B-93]',
    async (code) => {
      const sent: unknown[][] = []
      let failures = 3
      const faulty = await withFaults(({ text, values }) => {
        if (text.startsWith('insert') && values) sent.push(values)
        return text === 'commit' && failures-- > 0 ? serverError(code) : undefined
      })
      const { users } = createTestUsers({ storage: faulty })
      const user = await users.createUser({ email: `${code}@example.com`, id: code })
      expect(await users.getUser(user.id)).toEqual(user)
      expect(sent).toHaveLength(8)
      for (const [index, values] of sent.entries()) expect(values).toEqual(sent[index % 2])
      expect((await users.getUserLogs(user.id)).items).toHaveLength(1)
    },
  )
})

describe('what tells of lost connections', () => {
  function emitters() {
    const client = Object.assign(new EventEmitter(), { query: async () => ({ rows: [], rowCount: 0 }), release() {} })
    return { client, pool: Object.assign(new EventEmitter(), { connect: async () => client }) }
  }

  test('is listened to on a pool and its clients, once each [B-104]', async () => {
    const { pool, client } = emitters()
    const idle = postgresStorage({ pool })
    for (let calls = 0; calls < 3; calls++) await idle.findUser({ id: 'ann' }).catch(() => {})
    postgresStorage({ pool })
    expect([pool.listenerCount('error'), client.listenerCount('error')]).toEqual([1, 1])
    pool.emit('error', new Error('lost'))
    client.emit('error', new Error('lost'))
  })

  test('is listened to on a client that is lost before it has reached anybody [B-104]', async () => {
    const { pool, client } = emitters()
    postgresStorage({ pool })
    pool.emit('connect', client)
    client.emit('error', new Error('lost'))
  })

  test("is still the host's to hear [B-104]", async () => {
    const heard = vi.fn()
    const { pool, client } = emitters()
    pool.on('error', heard)
    client.on('error', heard)
    await postgresStorage({ pool })
      .findUser({ id: 'ann' })
      .catch(() => {})
    pool.emit('error', new Error('lost'))
    client.emit('error', new Error('lost'))
    expect(heard).toHaveBeenCalledTimes(2)
  })
})

function serverError(code: string): Error {
  return Object.assign(new Error(`made up: ${code}`), {
    severity: 'ERROR',
    code,
    detail: 'Key (email)=(ann@example.com)',
  })
}

type Query = Parameters<Awaited<ReturnType<PostgresPool['connect']>>['query']>[0]

/** The storage over connections that fail at some queries: as on a server, a failed commit is rolled back. */
async function withFaults(faultOf: (query: Query) => unknown, released: boolean[] = []): Promise<PostgresStorage> {
  let isReady = false
  const pool: PostgresPool = {
    async connect() {
      const client = await database.pool.connect()
      return {
        async query(query) {
          const fault = isReady ? faultOf(query) : undefined
          if (fault === undefined) return client.query(query)
          await client.query('rollback')
          throw fault
        },
        release(destroy) {
          if (isReady) released.push(destroy ?? false)
          client.release()
        },
      }
    },
  }
  const faulty = postgresStorage({ pool }, { schema })
  await faulty.findUser({ id: 'ann' })
  isReady = true
  return faulty
}
