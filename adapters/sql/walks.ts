import type { Page } from '../../src/domain/page.js'
import { idAt, idPosition } from '../../src/ports/positions.js'
import type { RecordKind, RecordOf, Tombstone, Walk } from '../../src/ports/storage.js'
import { pageOfRows, rangeArgs } from './page-of-rows.js'
import type { Numbered } from './reads.js'
import { toActivity, toSessionRecord, toTombstone, toUserRecord } from './records.js'
import type { ActivityRow, SessionRow, TombstoneRow, UserRow } from './schema.js'
import type { Statement } from './statement.js'
import type { Statements } from './statements.js'
import { all, type Work } from './work.js'

type Walks = { readonly [Kind in RecordKind]: (statements: Statements, part: Walk) => Work<Page<RecordOf<Kind>>> }

const walks: Walks = {
  users: (statements, part) => pageOfWalk(statements.walkUsers, part, (row: Numbered<UserRow>) => toUserRecord(row)),
  sessions: (statements, part) =>
    pageOfWalk(statements.walkSessions, part, (row: Numbered<SessionRow>) => toSessionRecord(row)),
  activity: (statements, part) =>
    pageOfWalk(statements.walkActivity, part, (row: Numbered<ActivityRow>) => toActivity(row)),
  tombstones: walkTombstones,
}

/** Lists all records of a kind. */
export function walk<Kind extends RecordKind>(
  statements: Statements,
  kind: Kind,
  part: Walk,
): Work<Page<RecordOf<Kind>>> {
  return walks[kind](statements, part)
}

function* walkTombstones(statements: Statements, { limit, after }: Walk): Work<Page<Tombstone>> {
  const args = { after: after === undefined ? '' : idAt(after), limit: limit + 1 }
  const rows = yield* all<TombstoneRow>(statements.walkTombstones, args)
  const items = rows.slice(0, limit).map(toTombstone)
  const last = items.at(-1)
  return { items, ...(last && rows.length > limit && { next: idPosition(last.id) }) }
}

function* pageOfWalk<Row extends { seq: number }, T>(
  statement: Statement,
  part: Walk,
  toItem: (row: Row) => T,
): Work<Page<T>> {
  const range = { ...part, offset: 0, total: 'none' } as const
  const rows = yield* all<Row>(statement, rangeArgs(range, 'oldest-first'))
  return pageOfRows(rows, range, toItem, undefined)
}
