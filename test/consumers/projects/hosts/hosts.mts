/** What hosts hand over, with the types that it has for them. */
import { DatabaseSync } from 'node:sqlite'
import Database from 'better-sqlite3'
import { Kysely, PostgresDialect } from 'kysely'
import { Client, Pool } from 'pg'
import { createUsersService } from 'rollbook'
import { postgresStorage } from 'rollbook/postgres'
import { type NodeSqliteHandle, type SqliteHandle, sqliteStorage } from 'rollbook/sqlite'

const pool = new Pool()
export const handles: (SqliteHandle | NodeSqliteHandle)[] = [new DatabaseSync('users.db'), new Database('users.db')]
export const storages = [
  sqliteStorage(new DatabaseSync('users.db')),
  sqliteStorage(new Database('users.db')),
  sqliteStorage('users.db', { synchronous: 'normal' }),
  postgresStorage({ pool }),
]
const users = createUsersService({ storage: postgresStorage({ pool }) })
const db = new Kysely<{ notes: { text: string } }>({ dialect: new PostgresDialect({ pool }) })
await db.transaction().execute(async (transaction) => {
  await users.withTransaction(transaction).createUser({ email: 'ada@example.com' })
})
export const joined = [postgresStorage(new Client()), postgresStorage(await db.startTransaction().execute())]
// @ts-expect-error: no handle.
sqliteStorage(new Date())
