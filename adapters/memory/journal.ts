import { putRow, type Row, type Rows, removeRow } from './rows.js'

/** Writes to maps and lists, and can take back all it wrote. */
export interface Journal {
  set<K, V>(map: Map<K, V>, key: K, value: V): void
  unset<K, V>(map: Map<K, V>, key: K): void
  put<T>(rows: Rows<T>, row: Row<T>, before?: Row<T>): void
  remove<T>(rows: Rows<T>, row: Row<T>): void
  undo(): void
}

export function createJournal(): Journal {
  const undos: (() => void)[] = []
  return {
    set(map, key, value) {
      const had = map.has(key)
      const before = map.get(key)
      map.set(key, value)
      // Only a key that was there has a value to give back.
      undos.push(() => (had ? map.set(key, before as typeof value) : map.delete(key)))
    },
    unset(map, key) {
      const before = map.get(key)
      if (before === undefined) return
      map.delete(key)
      undos.push(() => map.set(key, before))
    },
    put(rows, row, before) {
      putRow(rows, row)
      undos.push(() => (before ? putRow(rows, before) : removeRow(rows, row.seq)))
    },
    remove(rows, row) {
      removeRow(rows, row.seq)
      undos.push(() => putRow(rows, row))
    },
    undo() {
      while (undos.length > 0) undos.pop()?.()
    },
  }
}
