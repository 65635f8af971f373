import { copyOf } from '../../src/domain/copy-of.js'
import { limits } from '../../src/domain/limits.js'
import type { Page, UserOrder } from '../../src/domain/page.js'
import { kinds } from '../../src/ports/kinds.js'
import { idAt, idPosition, rowAt, rowPosition } from '../../src/ports/positions.js'
import type { Range, RecordKind, RecordOf, Walk } from '../../src/ports/storage.js'
import { type Row, type Rows, rowsBelow, rowsFrom } from './rows.js'
import type { Table, Tables } from './tables.js'

/** Cuts a page out of rows, and counts where it is asked to. */
export function pageOfRows<T>(
  rows: Rows<T>,
  range: Range & { readonly order: UserOrder },
  isMatch?: (record: T) => boolean,
): Page<T> {
  const found: Row<T>[] = []
  let skip = isMatch ? range.offset : 0
  for (const row of inOrder(rows, range, range.offset - skip, isMatch)) {
    if (skip-- > 0) continue
    found.push(row)
    if (found.length > range.limit) break
  }
  const items = found.slice(0, range.limit)
  const last = items.at(-1)
  return {
    items: items.map((row) => copyOf(row.record)),
    ...(last && found.length > items.length && { next: rowPosition(last.seq) }),
    ...counted(rows, range.total, isMatch),
  }
}

/** Cuts a page out of a walk through all records of a kind. */
export function pageOfWalk<Kind extends RecordKind>(tables: Tables, kind: Kind, part: Walk): Page<RecordOf<Kind>> {
  const { rows }: Table<RecordOf<Kind>> = tables.of[kind]
  if (kinds[kind].order === 'id') return pageById(rows, part)
  return pageOfRows(rows, { ...part, offset: 0, total: 'none', order: 'oldest-first' })
}

function pageById<T extends { readonly id: string }>(rows: Rows<T>, { limit, after }: Walk): Page<T> {
  const start = after === undefined ? '' : idAt(after)
  const found = [...rowsFrom(rows, 0)].map(({ record }) => record).filter(({ id }) => id > start)
  const items = found.sort((one, other) => (one.id < other.id ? -1 : 1)).slice(0, limit)
  const last = items.at(-1)
  return { items: copyOf(items), ...(last && found.length > limit && { next: idPosition(last.id) }) }
}

function inOrder<T>(
  rows: Rows<T>,
  { order, after }: Range & { order: UserOrder },
  skipped: number,
  isMatch: ((record: T) => boolean) | undefined,
): Iterable<Row<T>> {
  if (order === 'oldest-first') return rowsFrom(rows, after === undefined ? 0 : rowAt(after) + 1, skipped, isMatch)
  return rowsBelow(rows, after === undefined ? Number.POSITIVE_INFINITY : rowAt(after), skipped, isMatch)
}

function counted<T>(rows: Rows<T>, total: Range['total'], isMatch?: (record: T) => boolean) {
  if (total === 'none') return {}
  const most = total === 'capped' ? limits.totalCap : Number.POSITIVE_INFINITY
  let count = isMatch ? 0 : rows.size
  if (isMatch) for (const _ of rowsFrom(rows, 0, 0, isMatch)) if (++count > most) break
  return count > most ? { total: most, totalIsCapped: true as const } : { total: count }
}
