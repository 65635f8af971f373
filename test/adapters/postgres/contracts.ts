import type { PoolClient } from 'pg'
import { afterAll, beforeAll, test } from 'vitest'
import { type PostgresStorage, type PostgresStorageOptions, postgresStorage } from '../../../adapters/postgres/index.js'
import type { UsersStorage } from '../../../src/ports/storage.js'
import { storageContract } from '../../../src/testing/storage-contract/index.js'
import type { TestDatabase } from './databases.js'

type Open = () => Promise<TestDatabase> | TestDatabase

/** The contract on a pool. Its cases share their tables, which is much quicker than new ones for each. */
export function contractOn(open: Open, options: PostgresStorageOptions = {}): void {
  let database: TestDatabase
  let schema: string
  let empty: string
  const opened = () => postgresStorage({ pool: database.pool }, { schema, ...options })
  beforeAll(async () => {
    database = await open()
    schema = database.newSchema()
    await opened().migrate()
    const tables = ['sessions', 'activity', 'users', 'tombstones']
    empty = tables.map((table) => `delete from "${schema}".rollbook_${table};`).join('')
  })
  afterAll(() => database.close())
  storageContract({
    test,
    async create() {
      await database.pool.query(empty)
      return opened()
    },
    reopen: opened,
  })
}

/** The contract inside a transaction of the host: of each case what it did is taken back. */
export function contractInTransactionOn(open: Open): void {
  let database: TestDatabase
  let storage: PostgresStorage
  beforeAll(async () => {
    database = await open()
    storage = postgresStorage({ pool: database.pool }, { schema: database.newSchema() })
    await storage.migrate()
  })
  afterAll(() => database.close())
  storageContract({
    test,
    async create() {
      const client = await database.pool.connect()
      await client.query('begin')
      return endedByClose(storage.inTransaction(client), client)
    },
  })
}

/** The contract knows no transaction, so that the end of a case is its end. */
function endedByClose(storage: UsersStorage, client: PoolClient): UsersStorage {
  let ended: Promise<void> | undefined
  async function end(): Promise<void> {
    await storage.close()
    await client.query('rollback')
    client.release()
  }
  return {
    ...storage,
    close() {
      ended ??= end()
      return ended
    },
  }
}
