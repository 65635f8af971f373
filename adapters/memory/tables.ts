import { forEachKind, kinds, recordKinds } from '../../src/ports/kinds.js'
import type { OwnedKind, RecordKind, RecordKinds, RecordOf } from '../../src/ports/storage.js'
import type { Journal } from './journal.js'
import { noRows, type Row, type Rows, rowsFrom } from './rows.js'

/** The records of one kind. Keyed by Maps only: a name like `constructor` finds nothing in them. */
export interface Table<T> {
  /** In the order in which they were stored. */
  readonly rows: Rows<T>
  /** By the values of each field that is unique. */
  readonly unique: ReadonlyMap<string, Map<unknown, Row<T>>>
  /** By the user they belong to. Under `undefined`: what is about nobody. */
  readonly ofUser: Map<string | undefined, Rows<T>>
}

/** What the storage holds. */
export interface Tables {
  nextSeq: number
  readonly of: { readonly [Kind in RecordKind]: Table<RecordOf<Kind>> }
}

export function emptyTables(): Tables {
  // Each table is made of the rules of its own kind.
  return { nextSeq: 1, of: forEachKind(recordKinds, emptyTable) as Tables['of'] }
}

function emptyTable(kind: RecordKind): Table<RecordKinds[RecordKind]> {
  return {
    rows: noRows(),
    unique: new Map(kinds[kind].unique.map((field) => [field, new Map()])),
    ofUser: new Map(),
  }
}

/** Finds the row with this value in a unique field. */
export function rowBy<T>(table: Table<T>, field: keyof T & string, value: unknown): Row<T> | undefined {
  return table.unique.get(field)?.get(value)
}

/** Returns the rows that belong to a user: a copy, since the caller may remove some as it goes. */
export function rowsOfUser<T>(table: Table<T>, userId: string): Row<T>[] {
  const rows = table.ofUser.get(userId)
  return rows ? [...rowsFrom(rows, 0)] : []
}

/** Writes to the tables through a journal, so that all of it can be taken back. */
export function writerTo(tables: Tables, journal: Journal) {
  function put<Kind extends RecordKind>(kind: Kind, row: Row<RecordOf<Kind>>, before?: Row<RecordOf<Kind>>): void {
    const table: Table<RecordOf<Kind>> = tables.of[kind]
    journal.put(table.rows, row, before)
    for (const [field, rows] of table.unique) {
      const value = Reflect.get(row.record, field)
      const valueBefore = before && Reflect.get(before.record, field)
      if (before && valueBefore !== value) journal.unset(rows, valueBefore)
      journal.set(rows, value, row)
    }
    if (!kinds[kind].isOwned) return
    const owner = ownerOf(row.record)
    const owned = table.ofUser.get(owner) ?? noRows()
    if (!table.ofUser.has(owner)) journal.set(table.ofUser, owner, owned)
    journal.put(owned, row, before)
  }

  function unlist<T>(table: Table<T>, row: Row<T>): void {
    journal.remove(table.rows, row)
    for (const [field, rows] of table.unique) journal.unset(rows, Reflect.get(row.record as object, field))
  }

  return {
    insert<Kind extends RecordKind>(kind: Kind, record: RecordOf<Kind>): void {
      put(kind, { seq: tables.nextSeq++, record })
    },
    replace<Kind extends RecordKind>(kind: Kind, before: Row<RecordOf<Kind>>, record: RecordOf<Kind>): void {
      put(kind, { seq: before.seq, record }, before)
    },
    remove<Kind extends RecordKind>(kind: Kind, row: Row<RecordOf<Kind>>): void {
      const table: Table<RecordOf<Kind>> = tables.of[kind]
      unlist(table, row)
      const owned = kinds[kind].isOwned && table.ofUser.get(ownerOf(row.record))
      if (owned) journal.remove(owned, row)
    },
    /** Removes all rows of a user, without taking them one by one out of a list that goes as a whole. */
    removeOfUser(kind: OwnedKind, userId: string): void {
      const table = tables.of[kind] as Table<RecordOf<OwnedKind>>
      for (const row of rowsOfUser(table, userId)) unlist(table, row)
      journal.unset(table.ofUser, userId)
    },
  }
}

/** The `userId` of a record of a kind that is owned. */
function ownerOf(record: object): string | undefined {
  return Reflect.get(record, 'userId')
}
