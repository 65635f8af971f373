import { foldVersion } from '../../src/domain/search-text.js'
import { NewerSchemaError, NotMigratedError, StorageOpenError } from '../../src/errors/index.js'
import { foldProgressTable } from '../sql/refold.js'
import type { SqliteHandle } from './driver/handle.js'
import { createTransact } from './driver/transaction.js'
import { eraseDeleted } from './file/erasure.js'
import { indexTogether, searchIndex } from './search/index-schema.js'

interface Migration {
  readonly id: string
  up(prefix: string): string
}

/** In order. A migration that was released is never changed. */
export const migrations: readonly Migration[] = [
  {
    id: '0001-users-sessions-activity',
    up: (prefix) => `
      create table "${prefix}users" (
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
      create table "${prefix}sessions" (
        seq integer primary key autoincrement,
        id text not null unique,
        user_id text not null references "${prefix}users" (id),
        secret_hash text not null unique,
        session_epoch integer not null,
        created_at integer not null,
        expires_at integer not null,
        used_at integer not null,
        ip text,
        user_agent text
      );
      create index "${prefix}sessions_user" on "${prefix}sessions" (user_id, seq);
      create index "${prefix}sessions_expiry" on "${prefix}sessions" (expires_at);
      create table "${prefix}activity" (
        seq integer primary key autoincrement,
        id text not null,
        event text not null,
        user_id text references "${prefix}users" (id),
        at integer not null,
        actor text,
        ip text,
        user_agent text,
        details text
      );
      create index "${prefix}activity_user" on "${prefix}activity" (user_id, seq);
      create index "${prefix}activity_time" on "${prefix}activity" (at);
      create table "${prefix}tombstones" (
        id text primary key,
        deleted_at integer not null,
        actor text
      ) without rowid;`,
  },
  { id: '0002-search-index', up: searchIndex },
  { id: '0003-index-together', up: indexTogether },
  { id: '0004-erase-deleted', up: eraseDeleted },
  { id: '0005-fold-progress', up: (prefix) => foldProgressTable(`"${prefix}fold_progress"`, 'integer') },
]

/**
 * Brings the tables up to date, in one transaction: several processes may start at once, and one does the work.
 *
 * @throws {NewerSchemaError}
 * @throws {StorageOpenError} when a table of one of our names is not ours.
 */
export function migrate(handle: SqliteHandle, prefix: string): void {
  const transact = createTransact(handle)
  const setUp = () => {
    handle.exec(
      `create table if not exists "${prefix}migrations"
        (id text primary key, applied_at integer not null, fold_version integer not null) without rowid`,
    )
    const columns = handle.prepare('select name from pragma_table_info(?) order by cid').all(`${prefix}migrations`)
    if (JSON.stringify(columns) !== JSON.stringify(ownColumns)) throw foreign(prefix)
    for (const { id, up } of missing(handle, prefix)) {
      handle.exec(up(prefix))
      handle.prepare(`insert into "${prefix}migrations" values (?, ?, ?)`).run(id, Date.now(), foldVersion)
    }
  }
  try {
    transact(setUp)
  } catch (cause) {
    throw cause instanceof Error && cause.message.includes('already exists') ? foreign(prefix, { cause }) : cause
  }
}

const ownColumns = ['id', 'applied_at', 'fold_version'].map((name) => ({ name }))

function foreign(prefix: string, options?: { cause: unknown }): StorageOpenError {
  return new StorageOpenError(
    `the database has a table of another program whose name begins with ${prefix}: choose another prefix for ours`,
    options,
  )
}

/**
 * @throws {NotMigratedError}
 * @throws {NewerSchemaError}
 */
export function requireMigrated(handle: SqliteHandle, prefix: string): void {
  if (missing(handle, prefix).length > 0) throw new NotMigratedError()
}

function missing(handle: SqliteHandle, prefix: string): readonly Migration[] {
  const rows = handle.prepare(`select id from "${prefix}migrations" order by id`).all()
  // The shape of a row is that of the query.
  const applied = (rows as { id: string }[]).map(({ id }) => id)
  const newer = applied.find((id) => !migrations.some((migration) => migration.id === id))
  if (newer !== undefined) throw new NewerSchemaError(newer)
  return migrations.filter(({ id }) => !applied.includes(id))
}
