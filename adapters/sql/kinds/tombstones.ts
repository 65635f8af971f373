import type { Tombstone } from '../../../src/ports/storage.js'
import { type Columns, columnNames, dateOf, optionalText, type RowOf, type SqlKind, textOf } from '../columns.js'
import { compiler, type SqlDialect } from '../dialect.js'
import { arg } from '../statement.js'

const columns = { id: 'text', deleted_at: 'date', actor: 'text?' } as const satisfies Columns

const tombstoneColumns = columnNames(columns)
type TombstoneRow = RowOf<typeof columns>
type TombstoneTable = {
  rollbook_tombstones: TombstoneRow
}

export const tombstones = {
  columns,
  conflicts: { tombstones_id_unique: 'id-taken' },
  toRow: ({ id, deletedAt, actor }: Tombstone) => ({ id, deleted_at: deletedAt.getTime(), actor: actor ?? null }),
  toRecord: (row: TombstoneRow) => ({
    id: textOf(row.id, 'id'),
    deletedAt: dateOf(row.deleted_at, 'deleted_at'),
    actor: optionalText(row.actor, 'actor'),
  }),
} as const satisfies SqlKind<'tombstones', TombstoneRow>

/** Compiles the statements on tombstones. */
export function tombstoneStatements(dialect: SqlDialect) {
  const { ignoresDuplicates } = dialect
  const db = dialect.db.withTables<TombstoneTable>()
  const { made, isFree, argsFor, argsSelected } = compiler(dialect)

  return {
    findTombstone: made(db.selectFrom('rollbook_tombstones').select('id').where('id', '=', arg<string>('id'))),
    insertTombstone: made(
      ignoresDuplicates
        ? db
            .insertInto('rollbook_tombstones')
            .values(argsFor(tombstoneColumns))
            .onConflict((conflict) => conflict.column('id').doNothing())
        : db
            .insertInto('rollbook_tombstones')
            .columns(tombstoneColumns)
            .expression(db.selectNoFrom(argsSelected(tombstoneColumns)).where(isFree('rollbook_tombstones', ['id']))),
    ),
  }
}
