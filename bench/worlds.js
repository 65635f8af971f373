/** Opens the two sides of a comparison: the service over a storage, and the raw driver over a copy of the same data. */
import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { createUsersService } from 'rollbook'
import { memoryStorage } from 'rollbook/memory'
import { sqliteStorage } from 'rollbook/sqlite'
import { apply } from '../dist/adapters/sql/apply.js'
import { createStatements } from '../dist/adapters/sql/kinds/index.js'
import { openDatabase } from '../dist/adapters/sqlite/driver/open-database.js'
import { createRunner } from '../dist/adapters/sqlite/driver/runner.js'
import { sqliteDialect } from '../dist/adapters/sqlite/sql-dialect.js'
import { changesOf, instantHasher, people } from './data.js'
import { createRaw } from './raw.js'

/** Two files with the same settings. */
export function sqliteWorld(folder, template, { synchronous }) {
  const copy = (name) => {
    const path = join(folder, `${name}.db`)
    copyFileSync(template, path)
    return path
  }
  const path = copy('rollbook')
  const storage = sqliteStorage(path, { synchronous })
  const database = openDatabase(copy('raw'), synchronous)
  return world(`SQLite file, synchronous=${synchronous}`, storage, database, () => {
    const reader = new Database(path)
    const counts = [countRows(reader), countRows(database)]
    reader.close()
    return counts
  })
}

/** Maps in the process on one side, and an SQLite database in the process on the other: no disk on either. */
export async function memoryWorld(folder, template, config) {
  const path = join(folder, 'memory.db')
  copyFileSync(template, path)
  const file = new Database(path)
  // A database that is read from a buffer cannot be in WAL mode.
  file.pragma('journal_mode = delete')
  file.close()
  const database = new Database(readFileSync(path))
  database.pragma('foreign_keys = on')
  database.pragma('cache_size = -65536')
  const storage = memoryStorage()
  await fill(storage, config)
  return world('Memory (the raw side: SQLite in memory)', storage, database)
}

/** `countBoth` answers the rows of either side, where they can be counted. */
function world(name, storage, database, countBoth = () => []) {
  const statements = createStatements(sqliteDialect('rollbook_'))
  const runner = createRunner(database)
  const users = createUsersService({ storage, passwords: instantHasher })
  const giveAll = database.transaction((changes) => {
    for (const change of changes) runner(apply(statements, change))
  })
  return {
    name,
    raw: createRaw(database, instantHasher),
    users,
    /** With the default hasher, and the same users. */
    usersByArgon2: createUsersService({ storage }),
    /** Gives both sides the same rows, outside of what is timed. */
    async give(changes) {
      giveAll.immediate(changes)
      await storage.commit(changes)
    },
    /** Throws unless both sides did the same work so far. */
    verify(operation) {
      const [ours, raw] = countBoth()
      if (ours !== raw) throw new Error(`${operation}: the sides did different work: ${ours} and ${raw} rows`)
    },
    async close() {
      await users.close()
      database.close()
    },
  }
}

function countRows(database) {
  const count = (table) => database.prepare(`select count(*) from rollbook_${table}`).pluck().get()
  return ['users', 'sessions', 'activity'].map(count).join('/')
}

async function fill(storage, config) {
  let changes = []
  for (const person of people(config)) {
    changes.push(...changesOf(person))
    if (changes.length < 4000) continue
    await storage.commit(changes)
    changes = []
  }
  await storage.commit(changes)
}
