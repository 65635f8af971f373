import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { memoryStorage } from '../../adapters/memory/index.js'
import { postgresStorage } from '../../adapters/postgres/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import type { UsersStorage } from '../../src/index.js'
import { pgliteDatabase, serverDatabase, serverUrl, type TestDatabase } from '../adapters/postgres/databases.js'

/** A kind of storage, opened once for all tests of a file. */
interface Place {
  readonly name: string
  open(): Promise<OpenPlace>
}

export interface OpenPlace {
  /** An empty storage. */
  storage(): Promise<UsersStorage>
  close(): unknown
}

/** Every kind of storage that there is here. */
export const everywhere: readonly Place[] = [
  { name: 'memory', open: async () => ({ storage: async () => memoryStorage(), close() {} }) },
  { name: 'an SQLite file', open: async () => files() },
  { name: 'PGlite', open: async () => schemas(await pgliteDatabase({ trigrams: false })) },
  ...(serverUrl ? [{ name: 'a PostgreSQL server', open: async () => schemas(serverDatabase()) }] : []),
]

function files(): OpenPlace {
  const folder = mkdtempSync(path.join(tmpdir(), 'rollbook-races-'))
  let made = 0
  return {
    storage: async () => sqliteStorage(path.join(folder, `${++made}.db`)),
    close: () => rmSync(folder, { recursive: true }),
  }
}

function schemas(database: TestDatabase): OpenPlace {
  return {
    async storage() {
      const storage = postgresStorage({ pool: database.pool }, { schema: database.newSchema() })
      await storage.migrate()
      return storage
    },
    close: database.close,
  }
}
