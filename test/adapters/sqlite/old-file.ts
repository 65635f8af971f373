import Database from 'better-sqlite3'
import { migrations } from '../../../adapters/sqlite/migrations.js'
import { sqliteDialect } from '../../../adapters/sqlite/sql-dialect.js'

/** Makes a file as an earlier version left it, after so many steps of the migration and with so many users. */
export function makeOldFile(where: string, users: number, steps = 1): void {
  const dialect = sqliteDialect('rollbook_')
  const handle = new Database(where)
  handle.pragma('journal_mode = wal')
  handle.exec(`create table rollbook_migrations
    (id text primary key, applied_at integer not null, fold_version integer not null) without rowid`)
  for (const { id, up } of migrations.slice(0, steps)) {
    handle.exec(up(dialect))
    handle.prepare('insert into rollbook_migrations values (?, 0, 1)').run(id)
  }
  handle
    .prepare(`
      with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < ?)
      insert into rollbook_users
        select n, 'u' || n, n || '@example.com', n || '@example.com', 0, 'Someone', 'active', '{}', null, null, 0, 0,
          'someone' || char(10) || n || '@example.com' || char(10) || 'u' || n, 1, 1 from numbers`)
    .run(users)
  handle.close()
}
