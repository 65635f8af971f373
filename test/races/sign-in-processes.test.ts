import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'vitest'
import { postgresStorage } from '../../adapters/postgres/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import { serverDatabase, serverUrl } from '../adapters/postgres/databases.js'
import { raceTwoProcesses } from './two-processes.js'

test('a block or a new password of one process leaves no live session of sign-ins in another [B-51]', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'rollbook-two-processes-'))
  const database = path.join(folder, 'users.db')
  await raceTwoProcesses(sqliteStorage(database, { synchronous: 'normal' }), database)
  await rm(folder, { recursive: true })
})

test.runIf(serverUrl)('the same holds on a PostgreSQL server [B-51]', async () => {
  const database = serverDatabase()
  const schema = database.newSchema()
  await raceTwoProcesses(postgresStorage({ connectionString: serverUrl }, { schema }), serverUrl, schema)
  await database.close()
})
