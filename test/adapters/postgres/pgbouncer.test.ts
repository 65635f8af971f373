import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { postgresStorage } from '../../../adapters/postgres/index.js'
import { createTestUsers } from '../../../src/testing/index.js'
import { contractOn } from './contracts.js'
import { serverUrl, type TestDatabase } from './databases.js'
import { canPool, pooledDatabase } from './pgbouncer.js'

describe.runIf(serverUrl && canPool)('behind PgBouncer in transaction mode', () => {
  describe('postgresStorage without names keeps the storage contract [B-130]', { timeout: 120_000 }, () => {
    contractOn(pooledDatabase, { prepare: false })
  })

  describe('postgresStorage as it is by itself', () => {
    let database: TestDatabase
    beforeAll(async () => {
      database = await pooledDatabase()
    })
    afterAll(() => database.close())

    test.each(['pool', 'connectionString'])(
      'gives names up at the first that is lost, fails no call, and warns once (%s) [B-130]',
      async (kind) => {
        const warnings = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
        const schema = database.newSchema()
        const storage = () =>
          postgresStorage(kind === 'pool' ? { pool: database.pool } : { connectionString: database.url }, { schema })
        await storage().migrate()
        const { users } = createTestUsers({ storage: storage() })
        const numbers = Array.from({ length: 40 }, (_, number) => number)
        const made = await Promise.all(numbers.map((number) => users.createUser({ email: `${number}@example.com` })))
        await Promise.all(made.map(({ id }) => users.updateUserPrefs(id, { prefs: { theme: 'dark' } })))
        expect(await Promise.all(made.map(async ({ id }) => (await users.getUser(id)).prefs))).toEqual(
          numbers.map(() => ({ theme: 'dark' })),
        )
        await users.close()
        const told = warnings.mock.calls.map(([message]) => String(message))
        warnings.mockRestore()
        expect(told).toEqual([expect.stringContaining('{ prepare: false }')])
      },
    )

    test('a transaction of the host goes on when a name is lost in it [B-130]', async () => {
      const warnings = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
      const schema = database.newSchema()
      const storage = postgresStorage({ pool: database.pool }, { schema })
      await storage.migrate()
      const { users } = createTestUsers({ storage })
      for (let number = 0; number < 20; number++) {
        const client = await database.pool.connect()
        await client.query('begin')
        await users.withTransaction(client).createUser({ email: `${number}@example.com` })
        await client.query('commit')
        client.release(true)
      }
      warnings.mockRestore()
      expect((await users.listUsers({ total: true })).total).toBe(20)
    })
  })
})
