import type { Activity } from '../../src/domain/activity.js'
import type { Page } from '../../src/domain/page.js'
import type { SessionRecord } from '../../src/domain/session.js'
import type { Tombstone, Walk } from '../../src/ports/storage.js'
import { pageOfRows, rangeArgs } from './page-of-rows.js'
import type { Numbered } from './reads.js'
import { toActivity, toSessionRecord, toTombstone } from './records.js'
import type { ActivityRow, SessionRow, TombstoneRow } from './schema.js'
import type { Statement } from './statement.js'
import type { Statements } from './statements.js'
import { all, type Work } from './work.js'

export function listAllSessions(statements: Statements, walk: Walk): Work<Page<SessionRecord>> {
  return pageOfWalk<SessionRow, SessionRecord>(statements.listAllSessions, walk, toSessionRecord)
}

export function listAllActivity(statements: Statements, walk: Walk): Work<Page<Activity>> {
  return pageOfWalk<ActivityRow, Activity>(statements.listAllActivity, walk, toActivity)
}

export function* listTombstones(statements: Statements, { limit, after = '' }: Walk): Work<Page<Tombstone>> {
  const rows = yield* all<TombstoneRow>(statements.listTombstones, { after, limit: limit + 1 })
  const items = rows.slice(0, limit).map(toTombstone)
  const last = items.at(-1)
  return { items, ...(last && rows.length > limit && { next: last.id }) }
}

function* pageOfWalk<Row, T>(statement: Statement, walk: Walk, toItem: (row: Row) => T): Work<Page<T>> {
  const range = { ...walk, offset: 0, total: 'none' } as const
  const rows = yield* all<Numbered<Row>>(statement, rangeArgs(range, 'oldest-first'))
  return pageOfRows(rows, range, toItem, undefined)
}
