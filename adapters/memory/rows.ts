/** A record and its number in the order of insertion, which is never used twice. */
export interface Row<T> {
  readonly seq: number
  readonly record: T
}

/** Answers the index of the first row whose number is not below `seq`. Rows are in ascending order. */
export function indexOf(rows: readonly Row<unknown>[], seq: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    const row = rows[middle]
    if (row && row.seq < seq) low = middle + 1
    else high = middle
  }
  return low
}

/** Puts a row in its place, over an older version of it if there is one. */
export function putRow<T>(rows: Row<T>[], row: Row<T>): void {
  const index = indexOf(rows, row.seq)
  rows.splice(index, rows[index]?.seq === row.seq ? 1 : 0, row)
}

export function removeRow(rows: Row<unknown>[], seq: number): void {
  const index = indexOf(rows, seq)
  if (rows[index]?.seq === seq) rows.splice(index, 1)
}
