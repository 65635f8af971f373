/** The storage contract on databases of node:sqlite, in memory and in a file, whatever their rows look like for others. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, describe, test } from 'node:test'
import { sqliteStorage } from 'rollbook/sqlite'
import { storageContract } from 'rollbook/testing'

const folder = mkdtempSync(join(tmpdir(), 'rollbook-'))
const databases = []
let files = 0
after(() => {
  for (const database of databases) database.close()
  rmSync(folder, { recursive: true })
})

async function on(path, options = {}) {
  const database = new DatabaseSync(path, options)
  databases.push(database)
  const storage = sqliteStorage(database)
  await storage.migrate()
  return storage
}

describe('in memory', () => storageContract({ test, create: () => on(':memory:') }))
describe('with rows of another shape', () =>
  storageContract({ test, create: () => on(':memory:', { readBigInts: true, returnArrays: true }) }))
describe('in a file', () => storageContract({ test, create: () => on(join(folder, `${++files}.db`)) }))
