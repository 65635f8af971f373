import { compiler, type Direction, inBothOrders, type SqlDialect } from '../../sql/dialect.js'
import { userColumns } from '../../sql/kinds/users.js'
import { arg } from '../../sql/statement.js'
import { selectOne, type Work } from '../../sql/work.js'
import { withSearchTables } from './index-schema.js'

export type SearchStatements = ReturnType<typeof searchStatements>

/** Compiles the statements of a search. */
export function searchStatements(dialect: SqlDialect) {
  const { sql } = dialect
  const { made, raw, counted } = compiler(dialect)
  const db = withSearchTables(dialect)
  // The driver binds numbers as reals, and FTS5 ignores a bound that is not an integer.
  const whole = (name: string) => sql<number>`cast(${arg<number>(name)} as integer)`
  const contains = (column: string) => sql<0 | 1>`instr(${sql.ref(column)}, ${arg<string>('match')}) > 0`

  const seqs = (column: 'seq' | 'user.seq') => db.fn.agg<string>('json_group_array', [sql.ref(column)])

  const users = db.selectFrom('rollbook_users')
  // FTS5 takes commands and queries through a column with the name of the table.
  const indexTable = sql.table('rollbook_users_search')
  const command = (name: string, rank: ReturnType<typeof whole>) =>
    raw(sql`insert into ${indexTable} (${indexTable}, ${sql.ref('rank')}) values (${name}, ${rank})`)
  const index = db
    .selectFrom('rollbook_users_search')
    .select('rowid as seq')
    .where(sql<boolean>`${indexTable} match ${arg<string>('terms')}`)
  const indexAfter = (...[comparison, direction]: Direction) =>
    index.where('rowid', comparison, whole('after')).orderBy('rowid', direction).limit(arg<number>('most'))
  const scan = users
    .where('seq', '>=', arg<number>('from'))
    .where('seq', '<=', arg<number>('to'))
    .where(contains('search_text'))

  return {
    lastUser: made(users.select(({ fn }) => fn.max<number | null>('seq').as('seq'))),
    indexed: inBothOrders((comparison, direction) =>
      made(indexAfter(comparison, direction).offset(arg<number>('offset'))),
    ),
    countIndexed: counted(index),
    /** The next candidates from the index, and which of them match according to their rows. */
    candidates: inBothOrders((comparison, direction) =>
      made(
        db
          .selectFrom(indexAfter(comparison, direction).as('candidate'))
          // A cross join fixes the order, which the planner would choose otherwise.
          .crossJoin('rollbook_users as user')
          .whereRef('user.seq', '=', 'candidate.seq')
          .select(({ fn }) => [
            fn.countAll<number>().as('candidates'),
            (comparison === '>' ? fn.max<number>('user.seq') : fn.min<number>('user.seq')).as('last'),
            fn.countAll<number>().filterWhere(contains('user.search_text')).as('matches'),
            seqs('user.seq').filterWhere(contains('user.search_text')).as('seqs'),
          ]),
      ),
    ),
    scanned: inBothOrders((_, direction) =>
      made(scan.select('seq').orderBy('seq', direction).limit(arg<number>('most'))),
    ),
    scannedBatch: made(scan.select(({ fn }) => [fn.countAll<number>().as('matches'), seqs('seq').as('seqs')])),
    usersAt: inBothOrders((_, direction) =>
      made(
        users
          .select(userColumns)
          .where('seq', 'in', sql<number>`(select value from json_each(${arg<string>('seqs')}))`)
          .orderBy('seq', direction),
      ),
    ),
    /** Trigrams in order, from `first` up to `end`, and how many users have each. */
    gramsFrom: made(
      db
        .selectFrom('rollbook_search_terms')
        .select(['term', 'doc'])
        .where('term', '>=', arg<string>('first'))
        .where('term', '<', arg<string>('end'))
        .orderBy('term')
        .limit(arg<number>('most')),
    ),
    /** Merges segments of the index, and writes about so many pages. */
    mergeIndex: command('merge', whole('pages')),
    /** Sets how many segments of one size are merged at the least. */
    mergeFrom: command('usermerge', whole('segments')),
    /** From now on the triggers leave new users out of the index. Changes no row while the index is being rebuilt. */
    deferIndexing: made(
      db
        .insertInto('rollbook_users_to_index')
        .columns(['first_seq'])
        .expression(
          db
            .selectFrom(
              users.select(({ fn }) => sql<number>`coalesce(${fn.max('seq')}, 0) + 1`.as('first_seq')).as('next'),
            )
            .select('first_seq')
            .where(({ not, exists }) => not(exists(db.selectFrom('rollbook_users_to_index').select('first_seq')))),
        ),
    ),
    /** The first user who is not in the index, while it is being rebuilt. */
    firstToIndex: made(db.selectFrom('rollbook_users_to_index').select('first_seq').limit(1)),
    /** Indexes those users. */
    indexDeferred: made(
      db
        .insertInto('rollbook_users_search')
        .columns(['rowid', 'search_text'])
        .expression(
          db
            .selectFrom('rollbook_users_searched')
            .select(['seq', 'search_text'])
            .where('seq', '>=', db.selectFrom('rollbook_users_to_index').select('first_seq')),
        ),
    ),
    /** From now on the triggers index users one by one again. */
    resumeIndexing: made(db.deleteFrom('rollbook_users_to_index')),
    /** Notes that the index of an earlier version is being merged as a whole. Changes a row the first time. */
    beginErasingIndex: made(
      db.updateTable('rollbook_to_erase').set({ is_begun: 1 }).where('what', '=', 'index').where('is_begun', '=', 0),
    ),
    indexErased: made(db.deleteFrom('rollbook_to_erase').where('what', '=', 'index')),
    searchTextFrom: made(users.select('search_text').where('seq', '>=', arg<number>('seq')).orderBy('seq').limit(1)),
  }
}

/** Returns the largest row number of a user. There are at most as many users. */
export function* lastUser(statements: SearchStatements): Work<number> {
  return (yield* selectOne<{ seq: number | null }>(statements.lastUser, {}))?.seq ?? 0
}
