/**
 * Lists of users as a careful program would write them by hand with better-sqlite3: by keyset, by the counts of blocks
 * where an offset is large, and by one phrase of the search index.
 */
import { userColumns } from '../dist/adapters/sql/kinds/users.js'

const columns = userColumns.join()
const ofUser = userColumns.map((column) => `user.${column}`).join()
const blockSize = 1024
const mostCounted = 5001

export function createRawLists(database) {
  const prepare = (sql) => database.prepare(sql)
  const both = (make) => ({ 'oldest-first': make('>', 'asc'), 'newest-first': make('<', 'desc') })
  const start = { 'oldest-first': 0, 'newest-first': Number.MAX_SAFE_INTEGER }
  const phrase = (term) => `"${term.replaceAll('"', '""')}"`

  const page = both((after, direction) =>
    prepare(
      `select seq, ${columns} from rollbook_users where seq ${after} ? order by seq ${direction} limit ? offset ?`,
    ),
  )
  const blockAt = both((_, direction) =>
    prepare(`select block, before from (
        select block, users, sum(users) over (order by block ${direction}) - users as before from rollbook_user_blocks)
      where before + users > ? limit 1`),
  )
  const countAll = prepare('select sum(users) as count from rollbook_user_blocks')
  const matching = both((_, direction) =>
    prepare(`select seq, ${ofUser} from (
        select rowid as found from rollbook_users_search where rollbook_users_search match ?
          order by rowid ${direction} limit ? offset ?)
      cross join rollbook_users as user on user.seq = found order by found ${direction}`),
  )
  const countMatching = prepare(
    'select count(*) as count from (select 1 from rollbook_users_search where rollbook_users_search match ? limit ?)',
  )

  return {
    /** 26 rows: one more than a page, to know whether anything follows. */
    page({ order = 'oldest-first', offset = 0, after } = {}) {
      if (offset < blockSize || after !== undefined) {
        return page[order].all(after === undefined ? start[order] : Number(after), 26, offset)
      }
      const found = blockAt[order].get(offset)
      if (!found) return []
      const before = order === 'oldest-first' ? found.block * blockSize - 1 : (found.block + 1) * blockSize
      return page[order].all(before, 26, offset - found.before)
    },
    count: () => countAll.get().count,
    /** For terms of three characters or more. */
    matching: (term, order = 'oldest-first', offset = 0) => matching[order].all(phrase(term), 26, offset),
    /** Answers 5,001 for anything above 5,000. */
    countMatching: (term) => countMatching.get(phrase(term), mostCounted).count,
  }
}
