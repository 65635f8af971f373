import type { Page } from '../../../src/domain/page.js'
import type { ConflictReason } from '../../../src/errors/index.js'
import { forEachKind, kinds, ownedKinds, recordKinds, sweptKinds } from '../../../src/ports/kinds.js'
import { idAt, idPosition } from '../../../src/ports/positions.js'
import type {
  OwnedKind,
  RecordKind,
  RecordOf,
  SweepRequest,
  SweepResult,
  SweptKind,
  Walk,
} from '../../../src/ports/storage.js'
import { columnNames, type Numbered, numberColumns, type SqlKind, type SweptRows } from '../columns.js'
import { compiler, type SqlDialect } from '../dialect.js'
import { pageOfRows, rangeArgs } from '../page-of-rows.js'
import { arg, type Statement } from '../statement.js'
import { execute, selectAll, type Work } from '../work.js'
import { activity, activityStatements } from './activity.js'
import { sessionStatements, sessions } from './sessions.js'
import { tokenStatements, tokens } from './tokens.js'
import { tombstoneStatements, tombstones } from './tombstones.js'
import { userStatements, users } from './users.js'

/** How each kind is stored. */
export const sqlKinds = { users, sessions, tokens, activity, tombstones }

/** The same, of any kind. */
function sqlKind(kind: RecordKind): Pick<SqlKind<RecordKind, never>, 'columns' | 'conflicts'> {
  return sqlKinds[kind]
}

/** A constraint that a commit can violate when another commit was quicker. */
export type ConflictingConstraint = {
  [Kind in RecordKind]: (typeof sqlKinds)[Kind] extends { conflicts: infer Conflicts } ? keyof Conflicts : never
}[RecordKind]

/** Returns the conflict that a violated constraint stands for. */
export function conflictOfConstraint(name: string): ConflictReason | undefined {
  return recordKinds.map((kind) => sqlKind(kind).conflicts?.[name]).find((reason) => reason !== undefined)
}

/**
 * The columns of any result that hold whole numbers. Only for drivers that return a `bigint` as something other than a
 * number, such as that of PostgreSQL.
 */
export const wholeNumberColumns: ReadonlySet<string> = new Set([
  'seq',
  'count',
  ...recordKinds.flatMap((kind) => numberColumns(sqlKind(kind).columns)),
  ...numberColumns(sessions.columns).map((column) => `session_${column}`),
])

/** Every statement that a storage runs, compiled once. */
export type Statements = ReturnType<typeof createStatements>

export function createStatements(dialect: SqlDialect) {
  return {
    ...userStatements(dialect),
    ...sessionStatements(dialect),
    ...tokenStatements(dialect),
    ...activityStatements(dialect),
    ...tombstoneStatements(dialect),
    walk: forEachKind(recordKinds, (kind) => walkStatement(dialect, kind)),
    sweep: forEachKind(sweptKinds, (kind) => sweepStatement(dialect, kind)),
    deleteOfUser: forEachKind(ownedKinds, (kind) => deleteOfUserStatement(dialect, kind)),
  }
}

function walkStatement(dialect: SqlDialect, kind: RecordKind): Statement {
  const { sql } = dialect
  const hasNumber = kinds[kind].order === 'insertion'
  const columns = [...(hasNumber ? ['seq'] : []), ...columnNames(sqlKind(kind).columns)]
  const key = sql.ref(hasNumber ? 'seq' : 'id')
  return compiler(dialect).raw(
    sql`select ${sql.join(columns.map((column) => sql.ref(column)))} from ${sql.table(`rollbook_${kind}`)}
      where ${key} > ${arg('after')} order by ${key} limit ${arg('limit')}`,
  )
}

function deleteOfUserStatement(dialect: SqlDialect, kind: OwnedKind): Statement {
  const { sql } = dialect
  return compiler(dialect).raw(sql`delete from ${sql.table(`rollbook_${kind}`)} where user_id = ${arg('userId')}`)
}

function sweepStatement(dialect: SqlDialect, kind: SweptKind): Statement {
  const { sql } = dialect
  const { column, comparison, moment }: SweptRows<never> = sqlKinds[kind].sweep
  const isOver = comparison === '<' ? sql`<` : sql`<=`
  return compiler(dialect).deleteSome(`rollbook_${kind}`, sql`${sql.ref(column)} ${isOver} ${arg(moment)}`)
}

/** Lists all records of a kind. */
export function* walk<Kind extends RecordKind>(
  statements: Statements,
  kind: Kind,
  part: Walk,
): Work<Page<RecordOf<Kind>>> {
  // A row of the kind's own table.
  const toRecord = sqlKinds[kind].toRecord as (row: unknown) => RecordOf<Kind>
  if (kinds[kind].order === 'id') return yield* walkById(statements.walk[kind], part, toRecord)
  const range = { ...part, offset: 0, total: 'none' } as const
  const rows = yield* selectAll<Numbered<unknown>>(statements.walk[kind], rangeArgs(range, 'oldest-first'))
  return pageOfRows(rows, range, toRecord, undefined)
}

function* walkById<T extends { readonly id: string }>(
  statement: Statement,
  { limit, after }: Walk,
  toRecord: (row: unknown) => T,
): Work<Page<T>> {
  const args = { after: after === undefined ? '' : idAt(after), limit: limit + 1 }
  const rows = yield* selectAll<unknown>(statement, args)
  const items = rows.slice(0, limit).map(toRecord)
  const last = items.at(-1)
  return { items, ...(last && rows.length > limit && { next: idPosition(last.id) }) }
}

/** Does one step of a sweep, kind after kind. */
export function* sweep(statements: Statements, request: SweepRequest): Work<SweepResult> {
  const deleted = forEachKind(sweptKinds, () => 0)
  let limit = request.limit
  for (const kind of sweptKinds) {
    const { moment } = sqlKinds[kind].sweep
    const at = request[moment]
    if (at === undefined || limit === 0) continue
    deleted[kind] = yield* execute(statements.sweep[kind], { [moment]: at.getTime(), limit })
    limit -= deleted[kind]
  }
  return { deleted, done: limit > 0 }
}

/** Deletes everything that belongs to a user. */
export function* deleteOfUser(statements: Statements, userId: string): Work<void> {
  for (const kind of ownedKinds) yield* execute(statements.deleteOfUser[kind], { userId })
}
