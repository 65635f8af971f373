import { copyOf } from '../../src/domain/copy-of.js'
import { limits } from '../../src/domain/limits.js'
import type { Page, UserOrder } from '../../src/domain/page.js'
import type { Range, Walk } from '../../src/ports/storage.js'
import { type Row, type Rows, rowsBelow, rowsFrom } from './rows.js'

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
    ...(last && found.length > items.length && { next: String(last.seq) }),
    ...counted(rows, range.total, isMatch),
  }
}

/** Cuts a page out of a walk through all rows, in the order in which they were stored. */
export function pageOfWalk<T>(rows: Rows<T>, walk: Walk): Page<T> {
  return pageOfRows(rows, { ...walk, offset: 0, total: 'none', order: 'oldest-first' })
}

function inOrder<T>(
  rows: Rows<T>,
  { order, after }: Range & { order: UserOrder },
  skipped: number,
  isMatch: ((record: T) => boolean) | undefined,
): Iterable<Row<T>> {
  if (order === 'oldest-first') return rowsFrom(rows, after === undefined ? 0 : Number(after) + 1, skipped, isMatch)
  return rowsBelow(rows, after === undefined ? Number.POSITIVE_INFINITY : Number(after), skipped, isMatch)
}

function counted<T>(rows: Rows<T>, total: Range['total'], isMatch?: (record: T) => boolean) {
  if (total === 'none') return {}
  const most = total === 'capped' ? limits.totalCap : Number.POSITIVE_INFINITY
  let count = isMatch ? 0 : rows.size
  if (isMatch) for (const _ of rowsFrom(rows, 0, 0, isMatch)) if (++count > most) break
  return count > most ? { total: most, totalIsCapped: true as const } : { total: count }
}
