import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { Pool } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { postgresStorage } from '../../adapters/postgres/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import { UsersError } from '../../src/index.js'
import { createTestUsers } from '../../src/testing/index.js'
import { pgliteDatabase, serverDatabase, serverUrl, type TestDatabase } from '../adapters/postgres/databases.js'
import { ada, everyOperation } from './every-operation.js'

const codeOf = (error: unknown) => (UsersError.is(error) ? error.code : String(error))

describe("inside a transaction on the host's SQLite handle", () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'rollbook-wrong-handle-'))
  const handle = new Database(path.join(folder, 'users.db'))
  const { users } = createTestUsers({ storage: sqliteStorage(handle) })
  const unchanged = [
    ...['listUsers', 'iterateUsers', 'getUser', 'findUserByEmail', 'getUserPrefs', 'getUserSessions', 'getUserLogs'],
    ...['verifyUserSession', 'signOut', 'verifyUserPassword'],
  ]
  const contents = () => handle.prepare('select * from rollbook_users, rollbook_activity').all()

  beforeAll(async () => {
    await sqliteStorage(handle).migrate()
    await users.createUser({ ...ada, id: 'ada' })
    handle.exec('create table notes (text)')
  })
  afterEach(() => {
    if (handle.inTransaction) handle.exec('rollback')
  })
  afterAll(() => {
    handle.close()
    rmSync(folder, { recursive: true })
  })

  test.each(Object.entries(everyOperation))('%s answers, or says that it cannot be done there', async (name, run) => {
    const before = contents()
    handle.exec("begin; insert into notes values ('mine')")
    const outcome = await run(users).then(() => 'answered', codeOf)
    const read = name === 'verifyUserSession' ? 'invalid-session' : 'answered'
    expect(outcome).toBe(unchanged.includes(name) ? read : 'inside-transaction')
    expect(handle.inTransaction).toBe(true)
    handle.exec('commit')
    expect(contents()).toEqual(before)
  })
})

function onPostgres(open: () => Promise<TestDatabase> | TestDatabase): void {
  let database: TestDatabase
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database.close())
  afterEach(() => {
    vi.useRealTimers()
  })

  /** A service on a pool of one connection. */
  async function setUp(pool: Pool) {
    const storage = postgresStorage({ pool }, { schema: database.newSchema() })
    await storage.migrate()
    const world = createTestUsers({ storage })
    await world.users.createUser({ ...ada, id: 'ada' })
    return world
  }

  test('a call beside withTransaction ends when nobody else can end it, and the transaction continues [B-106]', async () => {
    const { pool } = database
    const { users } = await setUp(pool)
    const client = await pool.connect()
    await client.query('begin')
    const inside = users.withTransaction(client)
    await inside.updateUserName('ada', { name: 'Ada' })
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    for (const [index, name] of ['getUser', 'createUser', 'updateUserPrefs', 'signIn', 'sweep'].entries()) {
      const outcome = everyOperation[name]?.(users).catch((error: unknown) => error)
      // Those that have given up stay in the pool's line until it serves them.
      while (pool.waitingCount === index) await new Promise(setImmediate)
      vi.advanceTimersByTime(10_000)
      expect(await outcome, name).toMatchObject({
        code: 'storage-failed',
        reason: 'no-connection',
        message: expect.stringContaining('inside a transaction of your own use withTransaction()'),
      })
      await inside.updateUserPrefs('ada', { prefs: { after: name } })
    }
    vi.useRealTimers()
    await client.query('commit')
    client.release()
    expect(await users.getUser('ada')).toMatchObject({ name: 'Ada', prefs: { after: 'sweep' } })
    expect(await users.createUser({ email: 'b@example.com' })).toMatchObject({ email: 'b@example.com' })
  })
}

describe('on PGlite', () => onPostgres(() => pgliteDatabase({ trigrams: false })))

describe.runIf(serverUrl)('on a PostgreSQL server', () => onPostgres(() => serverDatabase({ max: 1 })))

test.runIf(serverUrl)("the host's own patience with its pool holds, be it longer or shorter", async () => {
  const pool = new Pool({ connectionString: serverUrl, max: 1, connectionTimeoutMillis: 20_000 })
  const taken = await pool.connect()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const outcome = postgresStorage({ pool })
    .findUser({ id: 'ada' })
    .catch((error: unknown) => error)
  while (pool.waitingCount === 0) await new Promise(setImmediate)
  vi.advanceTimersByTime(19_999)
  expect(pool.waitingCount).toBe(1)
  vi.advanceTimersByTime(1)
  vi.useRealTimers()
  expect(await outcome).toMatchObject({ reason: 'no-connection' })
  taken.release()
  await pool.end()
})
