import { limits } from '../../src/domain/limits.js'
import type { Page } from '../../src/domain/page.js'
import { rowAt, rowPosition } from '../../src/ports/positions.js'
import type { Range } from '../../src/ports/storage.js'
import type { Statement } from './statement.js'
import { selectOne, type Work } from './work.js'

/** Where a list begins when it is not gone on with, by its direction. */
export const listStart = { 'oldest-first': 0, 'newest-first': Number.MAX_SAFE_INTEGER } as const

/** One more row than asked for tells whether anything follows. */
export function rangeArgs({ limit, offset, after }: Range, order: keyof typeof listStart) {
  return { limit: limit + 1, offset, after: after === undefined ? listStart[order] : rowAt(after) }
}

/** How many rows to count, to know the total and whether there are more. */
export function mostRows(total: Range['total']): number {
  return total === 'capped' ? limits.totalCap + 1 : Number.MAX_SAFE_INTEGER
}

/** Creates a page of the rows that {@link rangeArgs} asked for, and of their count if that was asked for. */
export function pageOfRows<Row extends { seq: number }, T>(
  rows: readonly Row[],
  { limit, total }: Range,
  toItem: (row: Row) => T,
  count: number | undefined,
): Page<T> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(toItem),
    ...(last && rows.length > limit && { next: rowPosition(last.seq) }),
    ...(count !== undefined && totalOf(count, total)),
  }
}

/** The total that a count tells, where it was asked for. */
export function totalOf(count: number, total: Range['total']): Pick<Page<never>, 'total' | 'totalIsCapped'> {
  const isCapped = total === 'capped' && count > limits.totalCap
  return isCapped ? { total: limits.totalCap, totalIsCapped: true } : { total: count }
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
  return (yield* selectOne<{ count: number }>(statement, { ...args, most: mostRows(total) }))?.count ?? 0
}
