import { setTimeout as pause } from 'node:timers/promises'
import { Pool, type PoolClient } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type PostgresStorage, postgresStorage } from '../../../adapters/postgres/index.js'
import { InvalidOptionsError } from '../../../src/errors/index.js'
import { aQuery, aUserRecord } from '../../../src/testing/storage-contract/builders.js'
import { insertUser, replaceUser } from '../../../src/testing/storage-contract/changes.js'
import { userIds } from '../../../src/testing/storage-contract/walks.js'
import { serverDatabase, serverUrl, type TestDatabase } from './databases.js'

const ann = aUserRecord({ id: 'ann' })

/** What the host does to a connection before it gives it back. */
const mischief: readonly (readonly [string, (client: PoolClient) => Promise<unknown>])[] = [
  ['discard all', (client) => client.query('discard all')],
  ['deallocate all', (client) => client.query('deallocate all')],
  ['a session that is read-only', (client) => client.query('set default_transaction_read_only = on')],
  ['an open transaction', (client) => client.query('begin')],
  ['an open transaction that has written', (client) => client.query('begin; create temp table mine (id int)')],
  ['an aborted transaction', (client) => client.query('begin').then(() => client.query('nonsense').catch(() => {}))],
]

describe.runIf(serverUrl)('on a server', () => {
  let database: TestDatabase
  let schema: string
  let pool: Pool
  let storage: PostgresStorage

  beforeAll(() => {
    database = serverDatabase({ max: 2 })
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    schema = database.newSchema()
    pool = new Pool({ connectionString: serverUrl, max: 3 })
    storage = postgresStorage({ pool }, { schema })
    await storage.migrate()
    await storage.commit([insertUser(ann)])
  })
  afterEach(async () => {
    await pool.end()
    vi.restoreAllMocks()
  })

  /** Does something to every connection of the pool, each of which knows our statements. */
  async function withEach(task: (client: PoolClient) => Promise<unknown>): Promise<void> {
    const clients = await Promise.all([pool.connect(), pool.connect(), pool.connect()])
    for (const client of clients) client.release()
    await Promise.all([1, 2, 3].map(() => storage.findUser({ id: 'ann' })))
    const again = await Promise.all([pool.connect(), pool.connect(), pool.connect()])
    for (const client of again) await task(client)
    for (const client of again) client.release()
  }

  describe.each(mischief)('connections that come back after %s', (_what, done) => {
    test('fail no read and no change, and are destroyed [B-131]', async () => {
      await withEach(done)
      expect(await storage.findUser({ id: 'ann' })).toEqual(ann)
      await withEach(done)
      await storage.commit([replaceUser(ann, { name: 'new' })])
      expect((await storage.findUser({ id: 'ann' }))?.name).toBe('new')
      await withEach(done)
      const reads = [1, 2, 3, 4, 5, 6].map(() => storage.listUsers(aQuery({ match: 'ann' })))
      expect((await Promise.all(reads)).map(({ items }) => items.length)).toEqual([1, 1, 1, 1, 1, 1])
    })
  })

  describe("the host's transaction that is still open", () => {
    const insertHost = () =>
      `begin; insert into "${schema}".rollbook_tombstones values ('host' || pg_backend_pid(), 0, null)`
    const ids = async () => (await storage.walk('tombstones', { limit: 9 })).items.map(({ id }) => id)

    test.each([
      ['a read', () => storage.findUser({ id: 'ann' })],
      ['a change', () => storage.commit([replaceUser(ann, { name: 'new' })])],
    ])('is never committed by %s [B-132]', async (_what, work) => {
      await withEach((client) => client.query(insertHost()))
      await work()
      expect(await ids()).toEqual([])
    })

    test('is never committed by a change of which the driver does not know it [B-132]', async () => {
      const lent: PoolClient[] = []
      const blind = postgresStorage(
        {
          pool: {
            async connect() {
              const client = await pool.connect()
              await client.query(insertHost())
              lent.push(client)
              // As an older driver has it, which says nothing of transactions.
              return { query: (query) => client.query(query), release: (destroy) => client.release(destroy) }
            },
          },
        },
        { schema },
      )
      await expect(blind.migrate()).rejects.toMatchObject({ code: 'invalid-options' })
      expect(lent).toHaveLength(2)
      expect(await ids()).toEqual([])
    })

    test('is found also when the host has not waited for its begin [B-132]', async () => {
      await withEach(async (client) => {
        client.query('begin isolation level repeatable read').catch(() => {})
        client.query('select 1').catch(() => {})
      })
      await database.pool.query(`update "${schema}".rollbook_users set name = 'new'`)
      for (let reads = 0; reads < 4; reads++) expect((await storage.findUser({ id: 'ann' }))?.name).toBe('new')
      for (const client of await Promise.all([pool.connect(), pool.connect(), pool.connect()])) {
        expect(client.getTransactionStatus()).toBe('I')
        client.release()
      }
    })

    test('is told when every connection comes like that [B-132]', async () => {
      const begun = new Pool({ connectionString: serverUrl, max: 1 })
      begun.on('connect', (client) => void client.query('begin; select 1'))
      const unlucky = postgresStorage({ pool: begun }, { schema })
      await expect(unlucky.findUser({ id: 'ann' })).rejects.toThrow(InvalidOptionsError)
      await expect(unlucky.commit([replaceUser(ann)])).rejects.toThrow(/inside an open transaction/)
      await begun.end()
    })
  })

  test.each([
    ['a read', async () => void (await storage.findUser({ id: 'ann' }))],
    ['a change', () => storage.commit([replaceUser(ann, { name: 'new' })])],
  ])('connections that died while the process was frozen do not fail %s [B-133]', async (_what, work) => {
    const pids: number[] = []
    await withEach(async (client) => {
      pids.push((await client.query('select pg_backend_pid() as pid')).rows[0].pid)
    })
    const seen = vi.fn()
    pool.on('error', seen)
    await database.pool.query('select pg_terminate_backend(pid) from unnest($1::int[]) as pid', [pids])
    // The process is busy until the connections are gone, and hears of it in the moment in which it uses one.
    const until = performance.now() + 300
    while (performance.now() < until);
    await work()
    await pause(0)
    expect(await userIds(storage)).toEqual(['ann'])
  })

  test('a server that takes no writes at all is told in the words of a server, after two tries [B-131]', async () => {
    const readOnly = new Pool({ connectionString: serverUrl, max: 9, options: '-c default_transaction_read_only=on' })
    const connected = vi.fn()
    readOnly.on('connect', connected)
    const standby = postgresStorage({ pool: readOnly }, { schema })
    expect(await standby.findUser({ id: 'ann' })).toEqual(ann)
    await expect(standby.commit([replaceUser(ann)])).rejects.toMatchObject({
      code: 'storage-failed',
      reason: 'read-only',
      message: expect.not.stringContaining('file'),
    })
    expect(connected).toHaveBeenCalledTimes(2)
    await readOnly.end()
  })
})
