import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { postgresStorage } from '../../adapters/postgres/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import type { UsersStorage } from '../../src/index.js'
import { pgliteDatabase, serverDatabase, serverUrl, type TestDatabase } from '../adapters/postgres/databases.js'

/** Makes a fresh and empty storage. */
export type Make = () => Promise<UsersStorage>

/** Declares laws of the service on memory, an SQLite file, PGlite, and a PostgreSQL server where there is one. */
export function onEveryStorage(laws: (make: Make) => void): void {
  describe('on memory', () => laws(async () => memoryStorage()))

  describe('on an SQLite file', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'rollbook-laws-'))
    let files = 0
    afterAll(() => rmSync(folder, { recursive: true }))
    laws(async () => sqliteStorage(path.join(folder, `${++files}.db`), { synchronous: 'normal' }))
  })

  describe('on PGlite', () => onPostgres(() => pgliteDatabase({ trigrams: true }), laws))
  describe.runIf(serverUrl)('on a PostgreSQL server', () => onPostgres(serverDatabase, laws))
}

function onPostgres(open: () => Promise<TestDatabase> | TestDatabase, laws: (make: Make) => void): void {
  let database: TestDatabase
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database.close())
  laws(async () => {
    const storage = postgresStorage({ pool: database.pool }, { schema: database.newSchema() })
    await storage.migrate()
    return storage
  })
}
