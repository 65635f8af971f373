import { StorageOpenError } from '../../src/errors/index.js'
import { compiler, type SqlDialect } from '../sql/dialect.js'
import { tokenTable } from '../sql/kinds/tokens.js'
import { applyMissing, type Migration, type Migrations } from '../sql/migrations.js'
import { foldProgressTable } from '../sql/refold.js'
import { arg } from '../sql/statement.js'
import { selectAll } from '../sql/work.js'
import type { SqliteHandle } from './driver/handle.js'
import { createRunner } from './driver/runner.js'
import { createTransact } from './driver/transaction.js'
import { eraseDeleted } from './file/erasure.js'
import { deferrableIndex, searchIndex } from './search/index-schema.js'

export const migrations: readonly Migration[] = [
  { id: '0001-users-sessions-activity', up: firstTables },
  { id: '0002-search-index', up: ({ prefix }) => searchIndex(prefix) },
  { id: '0003-index-together', up: ({ prefix }) => deferrableIndex(prefix) },
  { id: '0004-erase-deleted', up: ({ prefix }) => eraseDeleted(prefix) },
  { id: '0005-fold-progress', up: foldProgressTable },
  { id: '0006-tokens', up: tokenTable },
]

/** As the storage applies them, and asks for them. */
export const ownMigrations: Migrations = {
  list: migrations,
  tableOptions: ' without rowid',
  *requireOwnTable(dialect) {
    const { sql, prefix } = dialect
    const columns = compiler(dialect).raw(sql`select name from pragma_table_info(${arg('table')}) order by cid`)
    const found = yield* selectAll<{ name: string }>(columns, { table: `${prefix}migrations` })
    if (found.map(({ name }) => name).join() !== 'id,applied_at,fold_version') throw foreign(prefix)
  },
}

function firstTables({ table, name }: SqlDialect): string {
  return `
    create table ${table('users')} (
      seq integer primary key autoincrement,
      id text not null unique,
      email text not null,
      email_key text not null unique,
      email_verified integer not null,
      name text not null,
      status text not null,
      prefs text not null,
      password_hash text,
      password_updated_at integer,
      created_at integer not null,
      updated_at integer not null,
      search_text text not null,
      version integer not null,
      session_epoch integer not null
    );
    create table ${table('sessions')} (
      seq integer primary key autoincrement,
      id text not null unique,
      user_id text not null references ${table('users')} (id),
      secret_hash text not null unique,
      session_epoch integer not null,
      created_at integer not null,
      expires_at integer not null,
      used_at integer not null,
      ip text,
      user_agent text
    );
    create index ${name('sessions_user')} on ${table('sessions')} (user_id, seq);
    create index ${name('sessions_expiry')} on ${table('sessions')} (expires_at);
    create table ${table('activity')} (
      seq integer primary key autoincrement,
      id text not null,
      event text not null,
      user_id text references ${table('users')} (id),
      at integer not null,
      actor text,
      ip text,
      user_agent text,
      details text
    );
    create index ${name('activity_user')} on ${table('activity')} (user_id, seq);
    create index ${name('activity_time')} on ${table('activity')} (at);
    create table ${table('tombstones')} (
      id text primary key,
      deleted_at integer not null,
      actor text
    ) without rowid;`
}

/**
 * Brings the tables up to date, in one transaction: several processes may start at once, and one does the work.
 *
 * @throws {NewerSchemaError}
 * @throws {StorageOpenError} when a table with one of our names is not ours.
 */
export function migrate(handle: SqliteHandle, dialect: SqlDialect): void {
  const run = createRunner(handle)
  try {
    createTransact(handle)(() => run(applyMissing(dialect, ownMigrations)))
  } catch (cause) {
    throw cause instanceof Error && cause.message.includes('already exists')
      ? foreign(dialect.prefix, { cause })
      : cause
  }
}

function foreign(prefix: string, options?: { cause: unknown }): StorageOpenError {
  return new StorageOpenError(
    `the database has a table of another program whose name begins with ${prefix}: choose another prefix for ours`,
    options,
  )
}
