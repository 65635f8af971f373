import { copyOf } from '../../src/domain/copy-of.js'
import { limits } from '../../src/domain/limits.js'
import type { Page, UserOrder } from '../../src/domain/page.js'
import type { Range } from '../../src/ports/storage.js'
import { indexOf, type Row } from './rows.js'

/** Cuts a page out of rows, and counts where it is asked to. */
export function pageOfRows<T>(
  rows: readonly Row<T>[],
  range: Range & { readonly order: UserOrder },
  isMatch?: (record: T) => boolean,
): Page<T> {
  const found: Row<T>[] = []
  let skip = range.offset
  for (const row of walk(rows, range)) {
    if (isMatch && !isMatch(row.record)) continue
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

function* walk<T>(rows: readonly Row<T>[], { order, after }: Range & { order: UserOrder }): Generator<Row<T>> {
  const step = order === 'oldest-first' ? 1 : -1
  const fresh = step === 1 ? 0 : rows.length - 1
  const behind = step === 1 ? indexOf(rows, Number(after) + 1) : indexOf(rows, Number(after)) - 1
  for (let index = after === undefined ? fresh : behind; ; index += step) {
    const row = rows[index]
    if (!row) return
    yield row
  }
}

function counted<T>(rows: readonly Row<T>[], total: Range['total'], isMatch?: (record: T) => boolean) {
  if (total === 'none') return {}
  const most = total === 'capped' ? limits.totalCap : Number.POSITIVE_INFINITY
  let count = isMatch ? 0 : rows.length
  if (isMatch) for (const row of rows) if (isMatch(row.record) && ++count > most) break
  return count > most ? { total: most, totalIsCapped: true as const } : { total: count }
}
