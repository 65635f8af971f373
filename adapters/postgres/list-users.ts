import type { Page, UserOrder } from '../../src/domain/page.js'
import type { UserRecord } from '../../src/domain/user.js'
import type { UserQuery } from '../../src/ports/storage.js'
import { compiler, type SqlDialect } from '../sql/dialect.js'
import { pageOfRows, rangeArgs } from '../sql/page-of-rows.js'
import { countFor, type Numbered } from '../sql/reads.js'
import { toUserRecord } from '../sql/records.js'
import { type UserRow, userColumns } from '../sql/schema.js'
import { arg, type Statement } from '../sql/statement.js'
import { all, type Work } from '../sql/work.js'

export type ListStatements = ReturnType<typeof listStatements>

/** Compiles the statements that list and search users. */
export function listStatements(dialect: SqlDialect) {
  const { db, sql } = dialect
  const { made, counted } = compiler(dialect)
  const columns = ['seq', ...userColumns] as const
  const users = db.selectFrom('rollbook_users')
  const matching = users.where('search_text', 'like', arg<string>('pattern'))
  const limit = arg<number>('limit')
  // How few rows are asked for is kept from the planner, which guesses from a sample how common a text is: for the sake
  // of a rare one that happens to be in the sample it would read all users in order, until it has as many as asked for.
  const hiddenLimit = sql<number>`(select cast(${limit} as bigint))`
  const pageOf = (
    rows: typeof users,
    most: typeof hiddenLimit | number,
    comparison: '>' | '<',
    direction: 'asc' | 'desc',
  ) =>
    rows
      .where('seq', comparison, arg<number>('after'))
      .orderBy('seq', direction)
      .limit(most)
      .offset(arg<number>('offset'))

  return {
    page: both((...way) => made(pageOf(users, limit, ...way).select(columns))),
    /** The same further on: the rows that are passed over are counted in the index, and not read. */
    laterPage: both((...way) =>
      made(
        users
          .select(columns)
          .where('seq', 'in', pageOf(users, limit, ...way).select('seq'))
          .orderBy('seq', way[1]),
      ),
    ),
    matching: both((...way) => plannedAnew(made(pageOf(matching, hiddenLimit, ...way).select(columns)))),
    countUsers: counted(users.select('seq')),
    countMatching: plannedAnew(counted(matching.select('seq'))),
  }
}

/** Lists users in order, all of them or those who match. */
export function* listUsers(statements: ListStatements, query: UserQuery): Work<Page<UserRecord>> {
  const { order, offset, match } = query
  const range = rangeArgs(query, order)
  const args = match === undefined ? range : { ...range, pattern: patternOf(match) }
  const page = match === undefined ? (offset === 0 ? statements.page : statements.laterPage) : statements.matching
  const rows = yield* all<Numbered<UserRow>>(page[order], args)
  const areAll = offset === 0 && query.after === undefined && rows.length <= query.limit
  const counting = match === undefined ? statements.countUsers : statements.countMatching
  const count = areAll && query.total !== 'none' ? rows.length : yield* countFor(query, counting, args)
  return pageOfRows(rows, query, toUserRecord, count)
}

function both(statementFor: (comparison: '>' | '<', direction: 'asc' | 'desc') => Statement) {
  return { 'oldest-first': statementFor('>', 'asc'), 'newest-first': statementFor('<', 'desc') } satisfies Record<
    UserOrder,
    Statement
  >
}

/** For a rare text another way to it is the best than for a common one. */
function plannedAnew(statement: Statement): Statement {
  return { ...statement, isPlannedAnew: true }
}

/** What LIKE takes for the text itself. */
function patternOf(match: string): string {
  return `%${match.replaceAll(/[\\%_]/g, '\\$&')}%`
}
