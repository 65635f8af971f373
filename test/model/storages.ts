import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryStorage } from '../../adapters/memory/index.js'
import { postgresStorage } from '../../adapters/postgres/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import type { UsersStorage } from '../../src/index.js'
import { pgliteDatabase, serverDatabase, serverUrl, type TestDatabase } from '../adapters/postgres/databases.js'

/** Makes one empty database after another. */
export interface Ground {
  /** So many storages on one empty database. What was opened before is over. */
  open(count?: number): Promise<readonly UsersStorage[]>
  close(): Promise<void>
}

/** One storage on an empty database. */
export async function openedOn(ground: Ground): Promise<UsersStorage> {
  const [storage] = await ground.open()
  if (!storage) throw new Error('no storage was opened')
  return storage
}

export interface Kind {
  readonly storage: string
  readonly ground: () => Promise<Ground>
  /** How many sequences it is worth, beside the others. */
  readonly share: number
}

export const kinds: readonly Kind[] = [
  { storage: 'memory', ground: () => oneByOne(memoryStorage), share: 14 },
  { storage: 'SQLite in memory', ground: () => oneByOne(() => sqliteStorage(':memory:')), share: 6 },
  { storage: 'a file of SQLite', ground: onFiles, share: 3 },
  { storage: 'PGlite', ground: () => onTables(pgliteDatabase({ trigrams: true })), share: 1 },
  ...(serverUrl ? [{ storage: 'PostgreSQL', ground: () => onTables(serverDatabase()), share: 2 }] : []),
]

/** Those that several services can be on, each with a storage of its own. */
export const sharedKinds = kinds.filter(({ storage }) => !storage.includes('memory'))

async function oneByOne(make: () => UsersStorage): Promise<Ground> {
  let opened: UsersStorage | undefined
  return {
    async open() {
      await opened?.close()
      opened = make()
      return [opened]
    },
    close: async () => opened?.close(),
  }
}

async function onFiles(): Promise<Ground> {
  const folder = mkdtempSync(join(tmpdir(), 'rollbook-model-'))
  let opened: readonly UsersStorage[] = []
  let files = 0
  async function closeAll(): Promise<void> {
    await Promise.all(opened.map((storage) => storage.close()))
    rmSync(join(folder, `${files}`), { recursive: true, force: true })
  }
  return {
    async open(count = 1) {
      await closeAll()
      const file = join(folder, `${++files}.db`)
      opened = Array.from({ length: count }, () => sqliteStorage(file, { synchronous: 'full' }))
      return opened
    },
    async close() {
      await closeAll()
      rmSync(folder, { recursive: true })
    },
  }
}

/** The tables are emptied, which is much quicker than making them anew. */
async function onTables(opening: Promise<TestDatabase> | TestDatabase): Promise<Ground> {
  const database = await opening
  const schema = database.newSchema()
  await postgresStorage({ pool: database.pool }, { schema }).migrate()
  const tables = ['sessions', 'activity', 'users', 'tombstones']
  const empty = tables.map((table) => `delete from "${schema}".rollbook_${table};`).join('')
  return {
    async open(count = 1) {
      await database.pool.query(empty)
      return Array.from({ length: count }, () => postgresStorage({ pool: database.pool }, { schema }))
    },
    close: () => database.close(),
  }
}
