import { copyOf } from '../../src/domain/copy-of.js'
import type { Page } from '../../src/domain/page.js'
import type { Walk } from '../../src/ports/storage.js'
import { indexOf, type Row } from './rows.js'

/** Cuts a page out of many lists, in the order in which their rows were stored. */
export function pageOfMerged<T>(lists: Iterable<readonly Row<T>[]>, { limit, after = '0' }: Walk): Page<T> {
  const first = (rows: Row<T>[]) => rows.sort((one, other) => one.seq - other.seq).slice(0, limit + 1)
  let found: Row<T>[] = []
  // Rows behind this one are on a later page.
  let end = Number.POSITIVE_INFINITY
  for (const rows of lists) {
    const start = indexOf(rows, Number(after) + 1)
    for (const row of rows.slice(start, start + limit + 1)) {
      if (row.seq > end) break
      found.push(row)
    }
    if (found.length <= 4 * (limit + 1)) continue
    found = first(found)
    end = found.at(-1)?.seq ?? end
  }
  found = first(found)
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return {
    items: items.map((row) => copyOf(row.record)),
    ...(last && found.length > items.length && { next: String(last.seq) }),
  }
}
