import type { Page, UserOrder } from '../../src/domain/page.js'
import type { UserRecord } from '../../src/domain/user.js'
import type { UserQuery } from '../../src/ports/storage.js'
import { compiler, type SqlDialect } from '../sql/dialect.js'
import { pageOfRows, rangeArgs } from '../sql/page-of-rows.js'
import { countFor, type Numbered } from '../sql/reads.js'
import { toUserRecord } from '../sql/records.js'
import { type UserRow, userColumns } from '../sql/schema.js'
import { arg } from '../sql/statement.js'
import { all, type Work } from '../sql/work.js'

export type ListStatements = ReturnType<typeof listStatements>

export function listStatements(dialect: SqlDialect) {
  const { db, sql } = dialect
  const { made, counted } = compiler(dialect)
  const contains = sql<boolean>`instr(${sql.ref('search_text')}, ${arg<string>('match')}) > 0`
  function listUsers(order: UserOrder, matching: boolean) {
    const [comparison, direction] = order === 'oldest-first' ? (['>', 'asc'] as const) : (['<', 'desc'] as const)
    return made(
      db
        .selectFrom('rollbook_users')
        .select(['seq', ...userColumns])
        .where('seq', comparison, arg<number>('after'))
        .$if(matching, (query) => query.where(contains))
        .orderBy('seq', direction)
        .limit(arg<number>('limit'))
        .offset(arg<number>('offset')),
    )
  }
  return {
    listUsers: {
      'oldest-first': { all: listUsers('oldest-first', false), matching: listUsers('oldest-first', true) },
      'newest-first': { all: listUsers('newest-first', false), matching: listUsers('newest-first', true) },
    },
    countUsers: made(db.selectFrom('rollbook_users').select(({ fn }) => fn.countAll<number>().as('count'))),
    countMatchingUsers: counted(db.selectFrom('rollbook_users').select('seq').where(contains)),
  }
}

export function* listUsers(statements: ListStatements, query: UserQuery): Work<Page<UserRecord>> {
  const { order, match } = query
  const list = statements.listUsers[order]
  const args = { match, ...rangeArgs(query, order) }
  const rows = yield* all<Numbered<UserRow>>(match === undefined ? list.all : list.matching, args)
  const count = match === undefined ? statements.countUsers : statements.countMatchingUsers
  return pageOfRows(rows, query, toUserRecord, yield* countFor(query, count, args))
}
