import type { Page, UserOrder } from '../../../src/domain/page.js'
import type { UserRecord } from '../../../src/domain/user.js'
import type { UserQuery } from '../../../src/ports/storage.js'
import type { Numbered } from '../../sql/columns.js'
import { compiler, type Direction, inBothOrders, type SqlDialect } from '../../sql/dialect.js'
import { toUserRecord, type UserRow, type UserTable, userColumns } from '../../sql/kinds/users.js'
import { countFor, pageOfRows, rangeArgs } from '../../sql/page-of-rows.js'
import { arg, type Statement } from '../../sql/statement.js'
import { selectAll, type Work } from '../../sql/work.js'
import { createSample, isLong, rarePart } from './rare-part.js'

type Lists = Readonly<Record<UserOrder, Statement>>

/** Creates the function that lists users: all in order, or those who match a text. */
export function createLists(dialect: SqlDialect): (query: UserQuery) => Work<Page<UserRecord>> {
  const statements = listStatements(dialect)
  const sampled = createSample(dialect)

  function* found(match: string): Work<{ list: Lists; counting: Statement; text: object }> {
    if (!isLong(match)) return { ...statements.whole, text: { pattern: patternOf(match) } }
    return { ...statements.part, text: { pattern: patternOf(rarePart(match, yield* sampled())), match } }
  }

  return function* listUsers(query) {
    const { order, offset, match } = query
    const { all: list, later, counting } = statements
    const plan = match === undefined ? { list: offset === 0 ? list : later, counting, text: {} } : yield* found(match)
    const args = { ...rangeArgs(query, order), ...plan.text }
    const rows = yield* selectAll<Numbered<UserRow>>(plan.list[order], args)
    return pageOfRows(rows, query, toUserRecord, yield* countFor(query, rows, plan.counting, args))
  }
}

/** Compiles the statements that list and search users. */
export function listStatements(dialect: SqlDialect) {
  const { sql } = dialect
  const db = dialect.db.withTables<UserTable>()
  const { made, counted } = compiler(dialect)
  const columns = ['seq', ...userColumns] as const
  const users = db.selectFrom('rollbook_users')
  const limit = arg<number>('limit')
  // The subquery hides the limit from the planner, which estimates from a sample how common a text is. For a rare text that
  // happens to be in the sample it would read all users in order, until it has as many as asked for.
  const hiddenLimit = sql<number>`(select cast(${limit} as bigint))`
  const pageOf = (rows: typeof users, most: typeof hiddenLimit | number, ...[comparison, direction]: Direction) =>
    rows
      .where('seq', comparison, arg<number>('after'))
      .orderBy('seq', direction)
      .limit(most)
      .offset(arg<number>('offset'))
  const search = (matching: typeof users) => ({
    list: inBothOrders((...way) => plannedAnew(made(pageOf(matching, hiddenLimit, ...way).select(columns)))),
    counting: plannedAnew(counted(matching.select('seq'))),
  })
  const likely = users.where('search_text', 'like', arg<string>('pattern'))

  return {
    all: inBothOrders((...way) => made(pageOf(users, limit, ...way).select(columns))),
    /** The same with an offset: the skipped rows are counted in the index, and not read. */
    later: inBothOrders((...way) =>
      made(
        users
          .select(columns)
          .where('seq', 'in', pageOf(users, limit, ...way).select('seq'))
          .orderBy('seq', way[1]),
      ),
    ),
    counting: counted(users.select('seq')),
    whole: search(likely),
    /** Searches the index for a part of the text, and checks each row for the whole. */
    part: search(likely.where(sql<boolean>`strpos(search_text, ${arg<string>('match')}) > 0`)),
  }
}

/** The best plan for a rare text is another one than for a common text. */
function plannedAnew(statement: Statement): Statement {
  return { ...statement, isPlannedAnew: true }
}

/** Returns the LIKE pattern of texts that contain this one literally. */
function patternOf(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
}
