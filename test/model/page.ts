import type { ListQuery, Page, UserOrder } from '../../src/index.js'
import type { Model } from './model.js'

/** The part of a list, given oldest first, that a query chooses. The service's word for a position is remembered. */
export function pageOf<T extends { readonly row: number }>(
  { state, observed }: Model,
  order: UserOrder,
  oldestFirst: readonly T[],
  { limit = 25, offset = 0, after, total = false }: ListQuery,
): Page<T> {
  const isNewestFirst = order === 'newest-first'
  const rows = isNewestFirst ? oldestFirst.toReversed() : oldestFirst
  const position = state.positions.get(after ?? '')
  // What the position stood for may be gone by now.
  const isBehind = ({ row }: T) => position === undefined || (isNewestFirst ? row < position : row > position)
  const rest = rows.filter(isBehind).slice(offset)
  const items = rest.slice(0, limit)
  const last = items.at(-1)
  const next = observed.next ?? `row ${last?.row}`
  if (last) state.positions.set(next, last.row)
  return {
    items,
    ...(last && items.length < rest.length && { next }),
    ...(total && { total: rows.length }),
  }
}
