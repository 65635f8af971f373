import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { postgresStorage } from '../../adapters/postgres/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import type { UsersStorage } from '../../src/index.js'
import { createTestUsers } from '../../src/testing/index.js'
import { pgliteDatabase, serverDatabase, serverUrl, type TestDatabase } from './postgres/databases.js'

// That PGlite has no trigrams is of no matter here.
vi.spyOn(process, 'emitWarning').mockImplementation(() => {})

interface Ground {
  readonly storage: UsersStorage
  readonly prefix: string
  run(sql: string): Promise<void>
}

const referenced = {
  code: 'storage-failed',
  reason: 'referenced',
  message: expect.stringMatching(/rows of your own tables .*on delete cascade/),
}

function laws(open: () => Promise<Ground>): void {
  async function setUp(table: string, rule: string) {
    const { storage, prefix, run } = await open()
    const { users } = createTestUsers({ storage, now: new Date() })
    await users.createUser({ id: 'ada', email: 'ada@example.com' })
    const { session, secret } = await users.createUserSession('ada')
    const orders = `${prefix}orders`
    await run(`create table ${orders} (subject text references ${prefix}rollbook_${table} (id) ${rule})`)
    await run(`insert into ${orders} values ('${table === 'users' ? 'ada' : session.id}')`)
    return { users, secret, deleteOrders: () => run(`delete from ${orders}`) }
  }

  test.each(['', 'on delete restrict', 'deferrable initially deferred'])(
    'a user whom a row of the host refers to "%s" is not deleted, and the error says what to do [B-128]',
    async (rule) => {
      const { users, secret, deleteOrders } = await setUp('users', rule)
      await expect(users.deleteUser('ada')).rejects.toMatchObject(referenced)
      await expect(users.verifyUserSession(secret)).resolves.toMatchObject({ user: { id: 'ada' } })
      expect((await users.getUserLogs('ada')).items).toHaveLength(2)
      await deleteOrders()
      await users.deleteUser('ada')
      await expect(users.getUser('ada')).rejects.toMatchObject({ code: 'user-not-found' })
    },
  )

  test('a user whom a row of the host refers to goes with it where the host says so [B-128]', async () => {
    const { users } = await setUp('users', 'on delete cascade')
    await users.deleteUser('ada')
    await expect(users.getUser('ada')).rejects.toMatchObject({ code: 'user-not-found' })
  })

  test('sessions that a row of the host refers to are told of in the same way [B-128]', async () => {
    const { users, deleteOrders } = await setUp('sessions', 'on delete restrict')
    await expect(users.deleteUserSessions('ada')).rejects.toMatchObject(referenced)
    await expect(users.deleteUser('ada')).rejects.toMatchObject(referenced)
    await deleteOrders()
    await users.deleteUserSessions('ada')
    expect((await users.getUserSessions('ada')).items).toEqual([])
  })
}

describe('on SQLite', () =>
  laws(async () => {
    const handle = new Database(':memory:')
    onTestFinished(() => void handle.close())
    const storage = sqliteStorage(handle)
    await storage.migrate()
    return { storage, prefix: '', run: async (sql) => void handle.exec(sql) }
  }))

describe.each([
  { name: 'PGlite', open: () => pgliteDatabase({ trigrams: false }) },
  ...(serverUrl ? [{ name: 'a PostgreSQL server', open: async () => serverDatabase() }] : []),
])('on $name', ({ open }) => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database.close())
  laws(async () => {
    const { pool, newSchema } = database
    const schema = newSchema()
    const storage = postgresStorage({ pool }, { schema })
    await storage.migrate()
    return { storage, prefix: `"${schema}".`, run: async (sql) => void (await pool.query(sql)) }
  })
})
