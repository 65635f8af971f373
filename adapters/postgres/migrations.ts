import { NotMigratedError, StorageOpenError } from '../../src/errors/index.js'
import { processWarnings } from '../../src/ports/logger.js'
import { compiler, type SqlDialect, type TableNames } from '../sql/dialect.js'
import type { ConflictingConstraint } from '../sql/kinds/index.js'
import { tokenTable } from '../sql/kinds/tokens.js'
import * as sql from '../sql/migrations.js'
import { foldProgressTable } from '../sql/refold.js'
import { selectAll } from '../sql/work.js'
import type { Access } from './connection/access.js'
import { type Connection, runOn, trySavepoint } from './connection/connection.js'
import { fromDriver, sqlState } from './connection/driver-error.js'
import { createSearchIndex } from './search/search-index.js'

const migrations: sql.Migrations = {
  list: [
    { id: '0001-users-sessions-activity', up: firstTables },
    { id: '0002-fold-progress', up: foldProgressTable },
    { id: '0003-tokens', up: tokenTable },
  ],
  *requireOwnTable(dialect) {
    const table = dialect.sql.table('rollbook_migrations')
    const columns = compiler(dialect).raw(dialect.sql`select id, applied_at, fold_version from ${table} limit 1`)
    yield* selectAll({ ...columns, isPlannedAnew: true }, {})
  },
}

/** Released: it must never change. */
function firstTables({ table, name, text, rowNumber }: SqlDialect): string {
  const constraint = (known: ConflictingConstraint) => `constraint ${name(known)}`
  return `
    create table ${table('users')} (
      seq ${rowNumber},
      id ${text} not null ${constraint('users_id_unique')} unique,
      email ${text} not null,
      email_key ${text} not null ${constraint('users_email_key_unique')} unique,
      email_verified integer not null,
      name ${text} not null,
      status ${text} not null,
      prefs ${text} not null,
      password_hash ${text},
      password_updated_at bigint,
      created_at bigint not null,
      updated_at bigint not null,
      search_text ${text} not null,
      version bigint not null,
      session_epoch bigint not null
    );
    create table ${table('sessions')} (
      seq ${rowNumber},
      id ${text} not null ${constraint('sessions_id_unique')} unique,
      user_id ${text} not null ${constraint('sessions_user_exists')} references ${table('users')} (id),
      secret_hash ${text} not null constraint ${name('sessions_secret_unique')} unique,
      session_epoch bigint not null,
      created_at bigint not null,
      expires_at bigint not null,
      used_at bigint not null,
      ip ${text},
      user_agent ${text}
    );
    create index ${name('sessions_user')} on ${table('sessions')} (user_id, seq);
    create index ${name('sessions_expiry')} on ${table('sessions')} (expires_at);
    create table ${table('activity')} (
      seq ${rowNumber},
      id ${text} not null,
      event ${text} not null,
      user_id ${text} ${constraint('activity_user_exists')} references ${table('users')} (id),
      at bigint not null,
      actor ${text},
      ip ${text},
      user_agent ${text},
      details ${text}
    );
    create index ${name('activity_user')} on ${table('activity')} (user_id, seq);
    create index ${name('activity_time')} on ${table('activity')} (at);
    create table ${table('tombstones')} (
      id ${text} primary key,
      deleted_at bigint not null,
      actor ${text}
    );`
}

// Made by another process that migrates, or by another program: the latter stays in the way.
const isThereAlready = ['42P06', '42P07', '42710', '23505']
const hasNoSuchColumn = '42703'
const mostTries = 5

/**
 * Migrates if that is needed: where it is not, neither the right to create tables nor a server that writes is needed.
 *
 * @throws what {@link migrate} throws.
 */
export async function ensureMigrated(access: Access, dialect: SqlDialect): Promise<void> {
  try {
    await requireMigrated(access, dialect)
  } catch (error) {
    if (!(fromDriver(error) instanceof NotMigratedError)) throw error
    await migrate(access, dialect)
  }
}

/**
 * @throws {NotMigratedError}
 * @throws {NewerSchemaError}
 */
export async function requireMigrated(access: Access, dialect: SqlDialect): Promise<void> {
  await access.tryRead((connection) => runOn(connection, sql.requireMigrated(dialect, migrations)))
}

/**
 * Brings the tables up to date, in one transaction: several processes may start at once, and one does the work.
 *
 * @throws {NewerSchemaError}
 * @throws {StorageOpenError} when a table with one of our names is not ours.
 */
export async function migrate(access: Access, dialect: SqlDialect): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await access.write((connection) => migrateOn(connection, dialect), 'none')
      return
    } catch (error) {
      const state = sqlState(error) ?? ''
      if (state === hasNoSuchColumn) throw foreign(dialect, error)
      if (!isThereAlready.includes(state)) throw error
      if (tries === mostTries) throw foreign(dialect, error)
    }
  }
}

async function migrateOn(connection: Connection, dialect: SqlDialect): Promise<void> {
  // The host has set its limit for requests. Without the advisory lock, where there is none, the slower process fails at
  // what exists by then, and tries again.
  await trySavepoint(connection, 'set local statement_timeout = 0')
  await trySavepoint(connection, `select pg_advisory_xact_lock(hashtext('${dialect.table('migrations')}'))`)
  await requireUtf8(connection)
  await createSchema(connection, dialect)
  await runOn(connection, sql.applyMissing(dialect, migrations))
  if (!(await createSearchIndex(connection, dialect))) {
    processWarnings.warn(
      {},
      'rollbook: searches read every user, because the database lacks pg_trgm: have an administrator run ' +
        '"create extension pg_trgm", then call migrate() again',
    )
  }
}

async function requireUtf8(connection: Connection): Promise<void> {
  const { rows } = await connection.command('show server_encoding')
  const [encoding] = Object.values(rows[0] ?? {})
  if (encoding !== 'UTF8' && encoding !== 'UTF-8') {
    throw new StorageOpenError(
      `the database has the encoding ${encoding}, which cannot store every name: create a database with UTF8`,
    )
  }
}

/** Only when it is missing: even with `if not exists` PostgreSQL demands the right to create one. */
async function createSchema(connection: Connection, { schema }: TableNames): Promise<void> {
  if (schema === undefined) return
  const { rows } = await connection.command(`select nspname from pg_catalog.pg_namespace where nspname = '${schema}'`)
  if (rows.length === 0) await connection.command(`create schema "${schema}"`)
}

function foreign({ prefix }: TableNames, cause: unknown): StorageOpenError {
  return new StorageOpenError(
    `the database has a table of another program whose name begins with ${prefix}: choose another prefix or schema for ours`,
    { cause },
  )
}
