import type { Page } from '../../../src/domain/page.js'
import type { SessionRecord } from '../../../src/domain/session.js'
import type { UserRecord } from '../../../src/domain/user.js'
import type { SessionRange } from '../../../src/ports/storage.js'
import {
  type Columns,
  columnNames,
  countOf,
  dateOf,
  type Numbered,
  type NumberedTable,
  optionalText,
  type RowOf,
  type SqlKind,
  textOf,
} from '../columns.js'
import { compiler, type SqlDialect } from '../dialect.js'
import { countFor, pageOfRows, rangeArgs } from '../page-of-rows.js'
import { arg } from '../statement.js'
import { selectAll, selectOne, type Work } from '../work.js'
import { toUserRecord, type UserRow, type UserTable, userColumns } from './users.js'

const columns = {
  id: 'text',
  user_id: 'text',
  secret_hash: 'text',
  session_epoch: 'count',
  created_at: 'date',
  expires_at: 'date',
  used_at: 'date',
  ip: 'text?',
  user_agent: 'text?',
} as const satisfies Columns

const sessionColumns = columnNames(columns)
type SessionRow = RowOf<typeof columns>
type SessionTable = {
  rollbook_sessions: NumberedTable<SessionRow>
}

export const sessions = {
  columns,
  conflicts: { sessions_id_unique: 'id-taken', sessions_user_exists: 'missing-user' },
  sweep: { column: 'expires_at', comparison: '<=', moment: 'expiredAt' },
  toRow: toSessionRow,
  toRecord: toSessionRecord,
} as const satisfies SqlKind<'sessions', SessionRow>

function toSessionRow(session: SessionRecord): SessionRow {
  return {
    id: session.id,
    user_id: session.userId,
    secret_hash: session.secretHash,
    session_epoch: session.sessionEpoch,
    created_at: session.createdAt.getTime(),
    expires_at: session.expiresAt.getTime(),
    used_at: session.usedAt.getTime(),
    ip: session.ip ?? null,
    user_agent: session.userAgent ?? null,
  }
}

function toSessionRecord(row: SessionRow): SessionRecord {
  return {
    id: textOf(row.id, 'id'),
    userId: textOf(row.user_id, 'user_id'),
    secretHash: textOf(row.secret_hash, 'secret_hash'),
    sessionEpoch: countOf(row.session_epoch, 'session_epoch'),
    createdAt: dateOf(row.created_at, 'created_at'),
    expiresAt: dateOf(row.expires_at, 'expires_at'),
    usedAt: dateOf(row.used_at, 'used_at'),
    ip: optionalText(row.ip, 'ip'),
    userAgent: optionalText(row.user_agent, 'user_agent'),
  }
}

type SessionStatements = ReturnType<typeof sessionStatements>

/** Compiles the statements on sessions. */
export function sessionStatements(dialect: SqlDialect) {
  const db = dialect.db.withTables<SessionTable & UserTable>()
  const { made, counted, insertOfUser } = compiler(dialect)
  const aliveSessions = db
    .selectFrom('rollbook_sessions')
    .where('user_id', '=', arg<string>('userId'))
    .where('session_epoch', '=', arg<number>('sessionEpoch'))
    .where('expires_at', '>', arg<number>('expiresAfter'))
    .where('used_at', '>', arg<number>('usedAfter'))

  return {
    findSession: made(
      db
        .selectFrom('rollbook_sessions as session')
        .innerJoin('rollbook_users as user', 'user.id', 'session.user_id')
        .select(userColumns.map((column) => `user.${column}` as const))
        .select(sessionColumns.map((column) => `session.${column} as session_${column}` as const))
        .where('session.secret_hash', '=', arg<string>('secretHash')),
    ),
    listSessions: made(
      aliveSessions
        .select(['seq', ...sessionColumns])
        .where('seq', '<', arg<number>('after'))
        .orderBy('seq', 'desc')
        .limit(arg<number>('limit'))
        .offset(arg<number>('offset')),
    ),
    countSessions: counted(aliveSessions.select('seq')),
    insertSession: insertOfUser('rollbook_sessions', sessionColumns, ['id']),
    touchSession: made(
      db
        .updateTable('rollbook_sessions')
        .set({ used_at: arg<number>('usedAt') })
        .where('id', '=', arg<string>('id'))
        .where('used_at', '<', arg<number>('usedAt')),
    ),
    keepNewestSessions: made(
      db
        .deleteFrom('rollbook_sessions')
        .where('user_id', '=', arg<string>('userId'))
        .where(
          'seq',
          '<=',
          db
            .selectFrom('rollbook_sessions as newest')
            .select('newest.seq')
            .where('newest.user_id', '=', arg<string>('userId'))
            .orderBy('newest.seq', 'desc')
            .limit(1)
            .offset(arg<number>('keep')),
        ),
    ),
    deleteSession: made(
      db
        .deleteFrom('rollbook_sessions')
        .where('id', '=', arg<string>('id'))
        .where('user_id', '=', arg<string>('userId')),
    ),
  }
}

/** The columns of a session beside those of its user. */
type FoundRow = UserRow & { [Column in keyof SessionRow as `session_${Column}`]: SessionRow[Column] }

export function* findSession(
  statements: SessionStatements,
  secretHash: string,
): Work<{ session: SessionRecord; user: UserRecord } | undefined> {
  const row = yield* selectOne<FoundRow>(statements.findSession, { secretHash })
  if (!row) return undefined
  // The columns of the session, under their own names again.
  const session = Object.fromEntries(sessionColumns.map((column) => [column, row[`session_${column}`]]))
  return { session: toSessionRecord(session as unknown as SessionRow), user: toUserRecord(row) }
}

export function* listSessions(
  statements: SessionStatements,
  userId: string,
  range: SessionRange,
): Work<Page<SessionRecord>> {
  const args = {
    userId,
    sessionEpoch: range.sessionEpoch,
    expiresAfter: range.expiresAfter.getTime(),
    usedAfter: range.usedAfter?.getTime() ?? Number.MIN_SAFE_INTEGER,
    ...rangeArgs(range, 'newest-first'),
  }
  const rows = yield* selectAll<Numbered<SessionRow>>(statements.listSessions, args)
  return pageOfRows(rows, range, toSessionRecord, yield* countFor(range, rows, statements.countSessions, args))
}
