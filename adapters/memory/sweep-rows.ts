import { forEachKind, sweptKinds, sweptWhen } from '../../src/ports/kinds.js'
import type { RecordOf, SweepRequest, SweepResult, SweptKind } from '../../src/ports/storage.js'
import { createJournal } from './journal.js'
import { type Row, type Rows, rowsFrom } from './rows.js'
import { type Table, type Tables, writerTo } from './tables.js'

/** Where the next step goes on: a row number of each kind. */
type Place = Readonly<Record<SweptKind, number>>

const start: Place = forEachKind(sweptKinds, () => 0)

/**
 * Creates the sweep of a storage, whose steps each delete at most `limit` rows. A step goes on where the last one stopped,
 * or each would look anew at all the rows that stay.
 */
export function createSweep(tables: Tables): (request: SweepRequest) => SweepResult {
  let next = { of: '', from: start }

  /** Deletes what is to go of one kind, from a row number on. */
  function passKind<Kind extends SweptKind>(kind: Kind, request: SweepRequest, from: number, most: number) {
    const { rows }: Table<RecordOf<Kind>> = tables.of[kind]
    const going = found(rows, from, most, (record) => sweptWhen[kind](record, request))
    const { remove } = writerTo(tables, createJournal())
    for (const row of going) remove(kind, row)
    const isAtEnd = going.length < most
    return { count: going.length, end: isAtEnd ? tables.nextSeq : (going.at(-1)?.seq ?? from) }
  }

  function pass(request: SweepRequest, from: Place) {
    let left = request.limit
    const passed = forEachKind(sweptKinds, (kind) => {
      const one = passKind(kind, request, from[kind], left)
      left -= one.count
      return one
    })
    return {
      left,
      deleted: forEachKind(sweptKinds, (kind) => passed[kind].count),
      end: forEachKind(sweptKinds, (kind) => passed[kind].end),
    }
  }

  return (request) => {
    // All of its moments, whatever the kinds are.
    const of = JSON.stringify({ ...request, limit: undefined })
    const from = of === next.of ? next.from : start
    const { deleted, left, end } = pass(request, from)
    next = { of, from: end }
    if (left === 0) return { deleted, done: false }
    next = { of, from: start }
    if (from === start) return { deleted, done: true }
    // What others have written behind the last step.
    const rest = pass({ ...request, limit: left }, start)
    return {
      deleted: forEachKind(sweptKinds, (kind) => deleted[kind] + rest.deleted[kind]),
      done: rest.left > 0,
    }
  }
}

function found<T>(rows: Rows<T>, from: number, most: number, isToGo: (record: T) => boolean): readonly Row<T>[] {
  const going: Row<T>[] = []
  if (most === 0) return going
  for (const row of rowsFrom(rows, from)) {
    if (isToGo(row.record) && going.push(row) === most) break
  }
  return going
}
