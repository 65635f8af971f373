import { Kysely, PostgresDialect } from 'kysely'
import type { PoolClient } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { postgresStorage } from '../../adapters/postgres/index.js'
import { TransactionConflictError } from '../../src/index.js'
import { createTestUsers, type TestUsers } from '../../src/testing/index.js'
import { serverDatabase, serverUrl, type TestDatabase } from '../adapters/postgres/databases.js'

const login = { email: 'ben@example.com', password: 'battery staple' }
const ada = { email: 'ada@example.com', id: 'ada' }
const ben = { ...login, id: 'ben' }

describe.runIf(serverUrl)('withTransaction on a PostgreSQL server', () => {
  let database: TestDatabase
  let schema: string
  let invoices: string
  let world: TestUsers

  beforeAll(() => {
    database = serverDatabase()
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    schema = database.newSchema()
    const storage = postgresStorage({ pool: database.pool }, { schema })
    await storage.migrate()
    invoices = `"${schema}".invoices`
    await database.pool.query(`create table ${invoices} (owner text)`)
    world = createTestUsers({ storage })
    await world.users.createUser(ada)
  })

  /** Runs a task on a connection of its own. */
  async function connected<T>(task: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await database.pool.connect()
    try {
      return await task(client)
    } finally {
      client.release()
    }
  }

  /** What can be seen from outside. */
  async function seen() {
    const { rows } = await database.pool.query(`select owner from ${invoices} order by owner`)
    const { items } = await world.users.listUsers()
    return { invoices: rows.map(({ owner }) => owner), users: items.map(({ id }) => id) }
  }

  test('users and rows of the host are there together when it commits, and events are told then', async () => {
    const { users, events } = world
    await connected(async (client) => {
      await client.query('begin')
      const inside = users.withTransaction(client)
      await inside.createUser(ben)
      await client.query(`insert into ${invoices} values ('ben')`)
      const { secret } = await inside.signIn(login)
      expect((await inside.verifyUserSession(secret)).user.id).toBe('ben')
      expect(await seen()).toEqual({ invoices: [], users: ['ada'] })
      await client.query('commit')
      expect(events).toHaveLength(1)
      inside.committed()
    })
    expect(await seen()).toEqual({ invoices: ['ben'], users: ['ada', 'ben'] })
    expect(events.map(({ event }) => event)).toEqual(['user.created', 'user.created', 'session.created'])
  })

  test('neither was ever there when the host rolls back', async () => {
    await connected(async (client) => {
      await client.query('begin')
      await client.query(`insert into ${invoices} values ('ben')`)
      const inside = world.users.withTransaction(client)
      await inside.createUser(ben)
      await inside.deleteUser('ada')
      await client.query('rollback')
    })
    expect(await seen()).toEqual({ invoices: [], users: ['ada'] })
    expect(world.events).toHaveLength(1)
    await expect(world.users.createUser(ben)).resolves.toBeDefined()
  })

  test('a transaction of Kysely is joined in the same way', async () => {
    // Not closed: the pool under it is the test's.
    const kysely = new Kysely<never>({ dialect: new PostgresDialect({ pool: database.pool }) })
    await kysely.transaction().execute((transaction) => world.users.withTransaction(transaction).createUser(ben))
    expect((await seen()).users).toEqual(['ada', 'ben'])
    const failing = kysely.transaction().execute(async (transaction) => {
      await world.users.withTransaction(transaction).deleteUser('ben')
      throw new Error('the host gives up')
    })
    await expect(failing).rejects.toThrow('the host gives up')
    expect((await seen()).users).toEqual(['ada', 'ben'])
  })

  test('an operation that is refused takes back its own alone, and the transaction goes on [B-108]', async () => {
    await connected(async (client) => {
      await client.query('begin')
      await client.query(`insert into ${invoices} values ('ben')`)
      const inside = world.users.withTransaction(client)
      await expect(inside.createUser({ email: 'ADA@example.com' })).rejects.toMatchObject({ code: 'email-taken' })
      await expect(inside.createUser({ ...ben, id: 'ada' })).rejects.toMatchObject({ code: 'id-taken' })
      await expect(inside.deleteUserSession('ada', 'x')).rejects.toMatchObject({ code: 'session-not-found' })
      await inside.createUser(ben)
      await client.query('commit')
    })
    expect(await seen()).toEqual({ invoices: ['ben'], users: ['ada', 'ben'] })
  })

  test('a change inside does not wait for one outside that waits for the row of the same user', async () => {
    await connected(async (client) => {
      await client.query('begin')
      const inside = world.users.withTransaction(client)
      await inside.updateUserName('ada', { name: 'inside' })
      const outside = world.users.updateUserPrefs('ada', { prefs: { from: 'outside' } })
      await untilSomebodyWaits()
      await inside.updateUserStatus('ada', { status: 'blocked' })
      await client.query('commit')
      expect(await outside).toEqual({ from: 'outside' })
    })
    const changed = { name: 'inside', status: 'blocked', prefs: { from: 'outside' } }
    expect(await world.users.getUser('ada')).toMatchObject(changed)
  })

  test('a failure to serialize (40001) tells the host to run its transaction again, which then succeeds', async () => {
    await connected(async (client) => {
      await client.query('begin isolation level repeatable read')
      const inside = world.users.withTransaction(client)
      await inside.getUser('ada')
      await world.users.updateUserPrefs('ada', { prefs: { from: 'outside' } })
      const change = inside.updateUserName('ada', { name: 'inside' })
      await expect(change).rejects.toThrow(TransactionConflictError)
      await expect(change).rejects.toMatchObject({ cause: { reason: 'busy', cause: { code: '40001' } } })
      await client.query('rollback')
      await client.query('begin isolation level repeatable read')
      await world.users.withTransaction(client).updateUserName('ada', { name: 'inside' })
      await client.query('commit')
    })
    expect(await world.users.getUser('ada')).toMatchObject({ name: 'inside', prefs: { from: 'outside' } })
  })

  test('of two transactions that wait for each other (40P01) one is told so, and the other one goes on', async () => {
    await world.users.createUser(ben)
    const changeBoth = (first: string, second: string, met: () => Promise<void>) =>
      connected(async (client) => {
        await client.query('begin')
        const inside = world.users.withTransaction(client)
        try {
          await inside.updateUserName(first, { name: first })
          await met()
          await inside.updateUserName(second, { name: first })
          await client.query('commit')
          return 'committed'
        } catch (error) {
          await client.query('rollback')
          return error
        }
      })
    const met = meeting(2)
    const outcomes = await Promise.all([changeBoth('ada', 'ben', met), changeBoth('ben', 'ada', met)])
    expect(outcomes).toContain('committed')
    const [refused] = outcomes.filter((outcome) => outcome !== 'committed')
    expect(refused).toBeInstanceOf(TransactionConflictError)
    expect(refused).toMatchObject({ cause: { cause: { code: '40P01' } } })
  })

  async function untilSomebodyWaits(): Promise<void> {
    const waiting = "select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like $1"
    const isWaiting = async () => (await database.pool.query(waiting, [`%"${schema}"%`])).rowCount !== 0
    while (!(await isWaiting())) await new Promise(setImmediate)
  }
})

/** Lets nobody go on before so many have come. */
function meeting(size: number): () => Promise<void> {
  let came = 0
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return () => {
    if (++came === size) open()
    return opened
  }
}
