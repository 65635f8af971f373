import type { Activity } from '../../src/domain/activity.js'
import type { Page } from '../../src/domain/page.js'
import type { SessionRecord } from '../../src/domain/session.js'
import type { UserRecord } from '../../src/domain/user.js'
import type { Range, SessionRange, UserKey } from '../../src/ports/storage.js'
import { mostRows, pageOfRows, rangeArgs } from './page-of-rows.js'
import { toActivity, toSessionRecord, toUserRecord } from './records.js'
import { type ActivityRow, type SessionRow, sessionColumns, type UserRow } from './schema.js'
import type { Statement } from './statement.js'
import type { Statements } from './statements.js'
import { all, get, type Work } from './work.js'

export type Numbered<Row> = Row & { seq: number }
type FoundRow = UserRow & { [Column in keyof SessionRow as `session_${Column}`]: SessionRow[Column] }

export function* findUser(statements: Statements, by: UserKey): Work<UserRecord | undefined> {
  const row = yield* get<UserRow>('id' in by ? statements.findUserById : statements.findUserByEmailKey, by)
  return row && toUserRecord(row)
}

export function* findSession(
  statements: Statements,
  secretHash: string,
): Work<{ session: SessionRecord; user: UserRecord } | undefined> {
  const row = yield* get<FoundRow>(statements.findSession, { secretHash })
  if (!row) return undefined
  // The columns of the session, under their own names again.
  const session = Object.fromEntries(sessionColumns.map((column) => [column, row[`session_${column}`]]))
  return { session: toSessionRecord(session as unknown as SessionRow), user: toUserRecord(row) }
}

export function* listSessions(statements: Statements, userId: string, range: SessionRange): Work<Page<SessionRecord>> {
  const args = {
    userId,
    sessionEpoch: range.sessionEpoch,
    expiresAfter: range.expiresAfter.getTime(),
    usedAfter: range.usedAfter?.getTime() ?? Number.MIN_SAFE_INTEGER,
    ...rangeArgs(range, 'newest-first'),
  }
  const rows = yield* all<Numbered<SessionRow>>(statements.listSessions, args)
  return pageOfRows(rows, range, toSessionRecord, yield* countFor(range, rows, statements.countSessions, args))
}

export function* listActivity(statements: Statements, userId: string, range: Range): Work<Page<Activity>> {
  const args = { userId, ...rangeArgs(range, 'newest-first') }
  const rows = yield* all<Numbered<ActivityRow>>(statements.listActivity, args)
  return pageOfRows(rows, range, toActivity, yield* countFor(range, rows, statements.countActivity, args))
}

/**
 * The count, if a total was asked for. Rows that are the whole list are counted themselves: a statement of its own
 * would cost a round trip, and may see more than the rows did.
 */
export function* countFor(
  { after, limit, offset, total }: Range,
  rows: readonly unknown[],
  statement: Statement,
  args: object,
): Work<number | undefined> {
  if (total === 'none') return undefined
  if (after === undefined && offset === 0 && rows.length <= limit) return rows.length
  return (yield* get<{ count: number }>(statement, { ...args, most: mostRows(total) }))?.count ?? 0
}
