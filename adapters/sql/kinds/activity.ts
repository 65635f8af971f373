import type { Activity } from '../../../src/domain/activity.js'
import type { Page } from '../../../src/domain/page.js'
import type { Range } from '../../../src/ports/storage.js'
import {
  type Columns,
  columnNames,
  dateOf,
  jsonObjectOf,
  type Numbered,
  type NumberedTable,
  type RowOf,
  type SqlKind,
  textOf,
} from '../columns.js'
import { compiler, type SqlDialect } from '../dialect.js'
import { countFor, pageOfRows, rangeArgs } from '../page-of-rows.js'
import { arg } from '../statement.js'
import { selectAll, type Work } from '../work.js'
import type { UserTable } from './users.js'

const columns = {
  id: 'text',
  event: 'text',
  user_id: 'text?',
  at: 'date',
  actor: 'text?',
  ip: 'text?',
  user_agent: 'text?',
  details: 'json?',
} as const satisfies Columns

const activityColumns = columnNames(columns)
type ActivityRow = RowOf<typeof columns>
type ActivityTable = {
  rollbook_activity: NumberedTable<ActivityRow>
}

export const activity = {
  columns,
  conflicts: { activity_user_exists: 'missing-user' },
  sweep: { column: 'at', comparison: '<', moment: 'activityBefore' },
  toRow: toActivityRow,
  toRecord: toActivity,
} as const satisfies SqlKind<'activity', ActivityRow>

function toActivityRow(entry: Activity): ActivityRow {
  return {
    id: entry.id,
    event: entry.event,
    user_id: entry.userId ?? null,
    at: entry.at.getTime(),
    actor: entry.actor ?? null,
    ip: entry.ip ?? null,
    user_agent: entry.userAgent ?? null,
    details: entry.details === undefined ? null : JSON.stringify(entry.details),
  }
}

function toActivity(row: ActivityRow): Activity {
  return {
    id: textOf(row.id, 'id'),
    event: textOf(row.event, 'event'),
    at: dateOf(row.at, 'at'),
    ...(row.user_id !== null && { userId: textOf(row.user_id, 'user_id') }),
    ...(row.actor !== null && { actor: textOf(row.actor, 'actor') }),
    ...(row.ip !== null && { ip: textOf(row.ip, 'ip') }),
    ...(row.user_agent !== null && { userAgent: textOf(row.user_agent, 'user_agent') }),
    ...(row.details !== null && { details: jsonObjectOf(row.details, 'details') }),
  }
}

type ActivityStatements = ReturnType<typeof activityStatements>

/** Compiles the statements on activity. */
export function activityStatements(dialect: SqlDialect) {
  const db = dialect.db.withTables<ActivityTable & UserTable>()
  const { made, counted, argsFor, insertOfUser } = compiler(dialect)
  const activityOf = db.selectFrom('rollbook_activity').where('user_id', '=', arg<string>('userId'))

  return {
    listActivity: made(
      activityOf
        .select(['seq', ...activityColumns])
        .where('seq', '<', arg<number>('after'))
        .orderBy('seq', 'desc')
        .limit(arg<number>('limit'))
        .offset(arg<number>('offset')),
    ),
    countActivity: counted(activityOf.select('seq')),
    appendActivity: insertOfUser('rollbook_activity', activityColumns, []),
    appendActivityOfNobody: made(db.insertInto('rollbook_activity').values(argsFor(activityColumns))),
  }
}

export function* listActivity(statements: ActivityStatements, userId: string, range: Range): Work<Page<Activity>> {
  const args = { userId, ...rangeArgs(range, 'newest-first') }
  const rows = yield* selectAll<Numbered<ActivityRow>>(statements.listActivity, args)
  return pageOfRows(rows, range, toActivity, yield* countFor(range, rows, statements.countActivity, args))
}
