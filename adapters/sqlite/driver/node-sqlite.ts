import type { PreparedStatement, SqliteHandle } from './handle.js'

/** The part of `DatabaseSync` of `node:sqlite` that the storage needs. It has all of it from Node 22.16 on. */
export interface NodeSqliteHandle {
  prepare(sql: string): NodeSqliteStatement
  exec(sql: string): unknown
  readonly isOpen: boolean
  readonly isTransaction: boolean
  close(): unknown
}

interface NodeSqliteStatement extends PreparedStatement {
  setReadBigInts(enabled: boolean): unknown
  setReturnArrays(enabled: boolean): unknown
}

export function isNodeSqlite(database: object): database is NodeSqliteHandle {
  return 'prepare' in database && 'isTransaction' in database
}

/** Gives a database of `node:sqlite` the shape of one of better-sqlite3. */
export function overNodeSqlite(database: NodeSqliteHandle): SqliteHandle {
  return {
    prepare(sql) {
      const statement = database.prepare(sql)
      // The host may have made another shape of rows the rule for the whole database.
      statement.setReadBigInts(false)
      statement.setReturnArrays(false)
      return Object.assign(statement, { raw: (enabled: boolean) => statement.setReturnArrays(enabled) })
    },
    exec: (sql) => database.exec(sql),
    get inTransaction() {
      // Of a closed one it cannot be asked.
      return database.isOpen && database.isTransaction
    },
    close: () => database.close(),
  }
}

/** Copies a database of `node:sqlite` into a file, in a thread of Node's own. */
export async function backupNodeSqlite(database: NodeSqliteHandle, file: string): Promise<unknown> {
  // Typed by hand: the oldest Node that the library runs on does not have it.
  const module = process.getBuiltinModule('node:sqlite') as unknown as {
    backup(database: NodeSqliteHandle, file: string): Promise<unknown>
  }
  return module.backup(database, file)
}
