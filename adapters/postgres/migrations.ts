import { foldVersion } from '../../src/domain/search-text.js'
import { NewerSchemaError, NotMigratedError, StorageOpenError } from '../../src/errors/index.js'
import { processWarnings } from '../../src/ports/logger.js'
import { foldProgressTable } from '../sql/refold.js'
import type { Access } from './connection/access.js'
import type { Connection } from './connection/connection.js'
import { trySavepoint } from './connection/connection.js'
import { fromDriver, sqlState } from './connection/driver-error.js'
import { firstTables } from './first-tables.js'
import { createSearchIndex } from './search/search-index.js'
import type { TableNames } from './table-names.js'

interface Migration {
  readonly id: string
  up(names: TableNames): string
}

/** In order. A migration that was released is never changed. */
const migrations: readonly Migration[] = [
  { id: '0001-users-sessions-activity', up: firstTables },
  { id: '0002-fold-progress', up: ({ table }) => foldProgressTable(table('fold_progress'), 'bigint') },
]

// Of another process that migrates, or of another program: what tells them apart is whether it stays in the way.
const isThereAlready = ['42P06', '42P07', '42710', '23505']
const mostTries = 5

/**
 * Migrates if that is needed: where it is not, it takes neither the right to make tables nor a server that writes.
 *
 * @throws what {@link migrate} throws.
 */
export async function ensureMigrated(access: Access, names: TableNames): Promise<void> {
  try {
    await requireMigrated(access, names)
  } catch (error) {
    if (!(fromDriver(error) instanceof NotMigratedError)) throw error
    await migrate(access, names)
  }
}

/**
 * Brings the tables up to date, in one transaction: several processes may start at once, and one does the work.
 *
 * @throws {NewerSchemaError}
 * @throws {StorageOpenError} when a table of one of our names is not ours.
 */
export async function migrate(access: Access, names: TableNames): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await access.write((connection) => migrateOn(connection, names), 'endless')
      return
    } catch (error) {
      if (!isThereAlready.includes(sqlState(error) ?? '')) throw error
      if (tries === mostTries) throw foreign(names, { cause: error })
    }
  }
}

async function migrateOn(connection: Connection, names: TableNames): Promise<void> {
  // The host's patience is for its requests. And without the lock, where there is none, the slower process fails at
  // what is there already, and tries again.
  await trySavepoint(connection, 'set local statement_timeout = 0')
  await trySavepoint(connection, `select pg_advisory_xact_lock(hashtext('${names.table('migrations')}'))`)
  await requireUtf8(connection)
  await createSchema(connection, names)
  await connection.command(
    `create table if not exists ${names.table('migrations')}
      (id text primary key, applied_at bigint not null, fold_version integer not null)`,
  )
  await requireOwn(connection, names)
  for (const { id, up } of await missing(connection, names)) {
    await connection.command(up(names))
    await connection.command(`insert into ${names.table('migrations')} values ('${id}', ${Date.now()}, ${foldVersion})`)
  }
  if (!(await createSearchIndex(connection, names))) {
    processWarnings.warn(
      {},
      'rollbook: a search reads every user, for the database has no pg_trgm: let an administrator of it run ' +
        '"create extension pg_trgm", and then call migrate() again',
    )
  }
}

async function requireUtf8(connection: Connection): Promise<void> {
  const { rows } = await connection.command('show server_encoding')
  const [encoding] = Object.values(rows[0] ?? {})
  if (encoding !== 'UTF8' && encoding !== 'UTF-8') {
    throw new StorageOpenError(`the database is in ${encoding}, which cannot hold every name: make one in UTF8`)
  }
}

/** Only when it is not there: even with `if not exists` PostgreSQL asks for the right to make one. */
async function createSchema(connection: Connection, { schema }: TableNames): Promise<void> {
  if (schema === undefined) return
  const { rows } = await connection.command(`select nspname from pg_catalog.pg_namespace where nspname = '${schema}'`)
  if (rows.length === 0) await connection.command(`create schema "${schema}"`)
}

async function requireOwn(connection: Connection, names: TableNames): Promise<void> {
  try {
    await connection.command(`select id, applied_at, fold_version from ${names.table('migrations')} limit 1`)
  } catch (error) {
    throw sqlState(error) === '42703' ? foreign(names, { cause: error }) : error
  }
}

function foreign({ prefix }: TableNames, options: { cause: unknown }): StorageOpenError {
  return new StorageOpenError(
    `the database has a table of another program whose name begins with ${prefix}: choose another prefix or schema for ours`,
    options,
  )
}

/**
 * @throws {NotMigratedError}
 * @throws {NewerSchemaError}
 */
export async function requireMigrated(access: Access, names: TableNames): Promise<void> {
  if ((await access.tryRead((connection) => missing(connection, names))).length > 0) throw new NotMigratedError()
}

async function missing(connection: Connection, names: TableNames): Promise<readonly Migration[]> {
  const { rows } = await connection.command(`select id from ${names.table('migrations')} order by id`)
  // The shape of a row is that of the query.
  const applied = (rows as { id: string }[]).map(({ id }) => id)
  const newer = applied.find((id) => !migrations.some((migration) => migration.id === id))
  if (newer !== undefined) throw new NewerSchemaError(newer)
  return migrations.filter(({ id }) => !applied.includes(id))
}
