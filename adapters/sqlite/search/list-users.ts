import type { Page } from '../../../src/domain/page.js'
import type { UserRecord } from '../../../src/domain/user.js'
import type { UserQuery } from '../../../src/ports/storage.js'
import type { Numbered } from '../../sql/columns.js'
import { compiler, inBothOrders, type SqlDialect } from '../../sql/dialect.js'
import { toUserRecord, type UserRow, userColumns } from '../../sql/kinds/users.js'
import { countFor, pageOfRows, rangeArgs } from '../../sql/page-of-rows.js'
import { arg } from '../../sql/statement.js'
import { selectAll, selectOne, type Work } from '../../sql/work.js'
import { blockBits, withSearchTables } from './index-schema.js'

export type ListStatements = ReturnType<typeof listStatements>

/** Compiles the statements that list users in order. */
export function listStatements(dialect: SqlDialect) {
  const { sql } = dialect
  const { made } = compiler(dialect)
  const db = withSearchTables(dialect)

  return {
    page: inBothOrders((comparison, direction) =>
      made(
        db
          .selectFrom('rollbook_users')
          .select(['seq', ...userColumns])
          .where('seq', comparison, arg<number>('after'))
          .orderBy('seq', direction)
          .limit(arg<number>('limit'))
          .offset(arg<number>('offset')),
      ),
    ),
    /** The block that an offset falls into, and how many users the blocks before it have. */
    blockAt: inBothOrders((_, direction) =>
      made(
        db
          .selectFrom(
            db
              .selectFrom('rollbook_user_blocks')
              .select(({ fn, ref }) => [
                'block',
                'users',
                sql<number>`${fn.sum('users').over((over) => over.orderBy('block', direction))} - ${ref('users')}`.as(
                  'before',
                ),
              ])
              .as('counted'),
          )
          .select(['block', 'before'])
          .where(({ eb }) => eb(eb('before', '+', eb.ref('users')), '>', arg<number>('offset')))
          .limit(1),
      ),
    ),
    countUsers: made(
      db
        .selectFrom('rollbook_user_blocks')
        .select(({ fn }) => fn.coalesce(fn.sum<number>('users'), sql<number>`0`).as('count')),
    ),
  }
}

/** Lists users in order. The counts of blocks show where an offset is, so that no rows are skipped one by one. */
export function* listUsers(statements: ListStatements, query: UserQuery): Work<Page<UserRecord>> {
  const rows = yield* rowsOf(statements, query)
  return pageOfRows(rows, query, toUserRecord, yield* countFor(query, rows, statements.countUsers, {}))
}

function* rowsOf(statements: ListStatements, query: UserQuery): Work<readonly Numbered<UserRow>[]> {
  const { order, offset, after } = query
  const args = rangeArgs(query, order)
  if (offset < 2 ** blockBits || after !== undefined) return yield* selectAll(statements.page[order], args)
  const found = yield* selectOne<{ block: number; before: number }>(statements.blockAt[order], { offset })
  if (!found) return []
  const { block, before } = found
  const beforeBlock = order === 'oldest-first' ? block * 2 ** blockBits - 1 : (block + 1) * 2 ** blockBits
  return yield* selectAll(statements.page[order], { ...args, after: beforeBlock, offset: offset - before })
}
