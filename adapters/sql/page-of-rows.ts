import { limits } from '../../src/domain/limits.js'
import type { Page } from '../../src/domain/page.js'
import { rowAt, rowPosition } from '../../src/ports/positions.js'
import type { Range } from '../../src/ports/storage.js'
import type { Statement } from './statement.js'
import { selectOne, type Work } from './work.js'

/** Where a list starts, exclusively, by its order. */
export const listStart = { 'oldest-first': 0, 'newest-first': Number.MAX_SAFE_INTEGER } as const

/** Asks for one more row than the page has, which shows whether anything follows. */
export function rangeArgs({ limit, offset, after }: Range, order: keyof typeof listStart) {
  return { limit: limit + 1, offset, after: after === undefined ? listStart[order] : rowAt(after) }
}

/** Returns how many rows to count for a total: for a capped one, one more than the cap. */
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

/** Returns the total of a page from a count that {@link mostRows} has limited. */
export function totalOf(count: number, total: Range['total']): Pick<Page<never>, 'total' | 'totalIsCapped'> {
  const isCapped = total === 'capped' && count > limits.totalCap
  return isCapped ? { total: limits.totalCap, totalIsCapped: true } : { total: count }
}

/**
 * Counts, if a total was asked for. Where the rows are the whole list, they are counted themselves: another statement would
 * cost a round trip, and might see other rows.
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
