import type { UsersStorage } from '../../src/ports/storage.js'
import { mostRows, pageOfRows, rangeArgs } from '../sql/page-of-rows.js'
import { toActivity, toSessionRecord, toUserRecord } from '../sql/records.js'
import { type ActivityRow, type SessionRow, sessionColumns, type UserRow } from '../sql/schema.js'
import type { Statement } from '../sql/statement.js'
import type { Statements } from '../sql/statements.js'
import type { Runner } from './runner.js'

type Numbered<Row> = Row & { seq: number }
type FoundRow = UserRow & { [Column in keyof SessionRow as `session_${Column}`]: SessionRow[Column] }

type Reads = Pick<UsersStorage, 'findUser' | 'listUsers' | 'findSession' | 'listSessions' | 'listActivity'>

/** The reads of the storage: each is synchronous inside, and so one look at one state. */
export function createReads({ get, all }: Runner, statements: Statements): Reads {
  const counter = (statement: Statement, args: Record<string, unknown>) => () =>
    get<{ count: number }>(statement, args)?.count ?? 0

  return {
    async findUser(by) {
      const row = get<UserRow>('id' in by ? statements.findUserById : statements.findUserByEmailKey, by)
      return row && toUserRecord(row)
    },

    async listUsers(query) {
      const { order, match, total } = query
      const list = statements.listUsers[order]
      const args = { match, most: mostRows(total), ...rangeArgs(query, order) }
      const rows = all<Numbered<UserRow>>(match === undefined ? list.all : list.matching, args)
      const count = match === undefined ? statements.countUsers : statements.countMatchingUsers
      return pageOfRows(rows, query, toUserRecord, counter(count, args))
    },

    async findSession(secretHash) {
      const row = get<FoundRow>(statements.findSession, { secretHash })
      if (!row) return undefined
      // The columns of the session, under their own names again.
      const session = Object.fromEntries(sessionColumns.map((column) => [column, row[`session_${column}`]]))
      return { session: toSessionRecord(session as unknown as SessionRow), user: toUserRecord(row) }
    },

    async listSessions(userId, range) {
      const args = {
        userId,
        sessionEpoch: range.sessionEpoch,
        expiresAfter: range.expiresAfter.getTime(),
        usedAfter: range.usedAfter?.getTime() ?? Number.MIN_SAFE_INTEGER,
        most: mostRows(range.total),
        ...rangeArgs(range, 'newest-first'),
      }
      const rows = all<Numbered<SessionRow>>(statements.listSessions, args)
      return pageOfRows(rows, range, toSessionRecord, counter(statements.countSessions, args))
    },

    async listActivity(userId, range) {
      const args = { userId, most: mostRows(range.total), ...rangeArgs(range, 'newest-first') }
      const rows = all<Numbered<ActivityRow>>(statements.listActivity, args)
      return pageOfRows(rows, range, toActivity, counter(statements.countActivity, args))
    },
  }
}
