/** A record and its number in the order of insertion, which is never used twice. */
export interface Row<T> {
  readonly seq: number
  readonly record: T
}

/**
 * Rows in ascending order. They are kept in blocks, so that a row leaves the middle of a million as quickly as the middle
 * of a thousand, and an offset is found without a walk over the rows before it.
 */
export interface Rows<T> {
  readonly blocks: Row<T>[][]
  size: number
}

const mostInBlock = 1024

export function noRows<T>(): Rows<T> {
  return { blocks: [], size: 0 }
}

/** Puts a row in its place, over an older version of it if there is one. */
export function putRow<T>(rows: Rows<T>, row: Row<T>): void {
  const { blocks } = rows
  const last = blocks.length - 1
  const isLast = (blocks[last]?.at(-1)?.seq ?? 0) < row.seq
  const place = isLast ? last : blockOf(rows, row.seq)
  const block = blocks[place]
  if (!block) {
    blocks.push([row])
    rows.size = 1
    return
  }
  const index = indexOf(block, row.seq)
  if (block[index]?.seq === row.seq) {
    block[index] = row
    return
  }
  rows.size++
  // Rows come at the end, but for those that a failed commit gives back.
  if (index === block.length && block.length >= mostInBlock) blocks.splice(place + 1, 0, [row])
  else block.splice(index, 0, row)
  if (block.length > 2 * mostInBlock) blocks.splice(place + 1, 0, block.splice(mostInBlock))
}

export function removeRow<T>(rows: Rows<T>, seq: number): void {
  const place = blockOf(rows, seq)
  const block = rows.blocks[place]
  const index = block ? indexOf(block, seq) : 0
  if (block?.[index]?.seq !== seq) return
  block.splice(index, 1)
  rows.size--
  if (block.length === 0) rows.blocks.splice(place, 1)
}

/** Whether a row is to be returned. Asked in here, a search takes a third less than behind the generator. */
type Wanted<T> = ((record: T) => boolean) | undefined

/** Returns the rows from a number on, upwards, after so many that are skipped. */
export function* rowsFrom<T>(rows: Rows<T>, seq: number, skipped = 0, isWanted?: Wanted<T>): Generator<Row<T>> {
  let place = blockOf(rows, seq)
  let index = indexOf(rows.blocks[place] ?? [], seq) + skipped
  for (let block = rows.blocks[place]; block; block = rows.blocks[++place]) {
    for (; index < block.length; index++) {
      const row = block[index] as Row<T>
      if (isWanted === undefined || isWanted(row.record)) yield row
    }
    index -= block.length
  }
}

/** Returns the rows below a number, downwards, after so many that are skipped. */
export function* rowsBelow<T>(rows: Rows<T>, seq: number, skipped = 0, isWanted?: Wanted<T>): Generator<Row<T>> {
  let place = Math.min(blockOf(rows, seq), rows.blocks.length - 1)
  // How many rows of the block are left.
  let left = indexOf(rows.blocks[place] ?? [], seq) - skipped
  for (let block = rows.blocks[place]; block; block = rows.blocks[--place]) {
    for (; left > 0; left--) {
      const row = block[left - 1] as Row<T>
      if (isWanted === undefined || isWanted(row.record)) yield row
    }
    left += rows.blocks[place - 1]?.length ?? 0
  }
}

/** The first block with a row whose number is not below `seq`. */
function blockOf({ blocks }: Rows<unknown>, seq: number): number {
  return lowest(blocks.length, (place) => (blocks[place]?.at(-1)?.seq ?? 0) >= seq)
}

function indexOf(block: readonly Row<unknown>[], seq: number): number {
  return lowest(block.length, (index) => (block[index]?.seq ?? 0) >= seq)
}

/** The lowest number below `end` that passes, or `end`. Behind one that passes all do. */
function lowest(end: number, passes: (number: number) => boolean): number {
  let low = 0
  let high = end
  while (low < high) {
    const middle = (low + high) >> 1
    if (passes(middle)) high = middle
    else low = middle + 1
  }
  return low
}
