import { foldVersion } from '../../src/domain/search-text.js'
import { NewerSchemaError, NotMigratedError } from '../../src/errors/index.js'
import { compiler, type SqlDialect } from './dialect.js'
import { arg } from './statement.js'
import { execute, executeScript, selectAll, type Work } from './work.js'

/** One step of the schema. Once released it is never changed. */
export interface Migration {
  readonly id: string
  up(dialect: SqlDialect): string
}

/** The migrations of a database, and how it knows its own table of them. */
export interface Migrations {
  /** In order. */
  readonly list: readonly Migration[]
  /** Follows the columns of the table in which applied migrations are noted. */
  readonly tableOptions?: string
  /** Throws when the table of this name has other columns than ours, and so belongs to another program. */
  requireOwnTable(dialect: SqlDialect): Work<void>
}

/**
 * Applies the migrations that the database lacks. Needs a transaction around it, and where others may migrate at the same
 * moment, a lock.
 *
 * @throws {NewerSchemaError}
 */
export function* applyMissing(dialect: SqlDialect, migrations: Migrations): Work<void> {
  const { table, wholeNumber, text, sql } = dialect
  yield* executeScript(
    `create table if not exists ${table('migrations')}
      (id ${text} primary key, applied_at ${wholeNumber} not null, fold_version integer not null)${migrations.tableOptions ?? ''}`,
  )
  yield* migrations.requireOwnTable(dialect)
  const note = compiler(dialect).raw(
    sql`insert into ${sql.table('rollbook_migrations')} values (${arg('id')}, ${arg('appliedAt')}, ${arg('foldVersion')})`,
  )
  for (const { id, up } of yield* missing(dialect, migrations)) {
    yield* executeScript(up(dialect))
    yield* execute(note, { id, appliedAt: Date.now(), foldVersion })
  }
}

/**
 * @throws {NotMigratedError}
 * @throws {NewerSchemaError}
 */
export function* requireMigrated(dialect: SqlDialect, migrations: Migrations): Work<void> {
  if ((yield* missing(dialect, migrations)).length > 0) throw new NotMigratedError()
}

function* missing(dialect: SqlDialect, { list }: Migrations): Work<readonly Migration[]> {
  const { sql } = dialect
  // Asked once on a connection, which is not worth a prepared statement.
  const statement = {
    ...compiler(dialect).raw(sql`select id from ${sql.table('rollbook_migrations')} order by id`),
    isPlannedAnew: true as const,
  }
  const rows = yield* selectAll<{ id: string }>(statement, {})
  const applied = rows.map(({ id }) => id)
  const newer = applied.find((id) => !list.some((migration) => migration.id === id))
  if (newer !== undefined) throw new NewerSchemaError(newer)
  return list.filter(({ id }) => !applied.includes(id))
}
