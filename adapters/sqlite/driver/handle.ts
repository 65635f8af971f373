/** The part of better-sqlite3's `Database` that the storage needs. */
export interface SqliteHandle {
  /** Compiles one statement. */
  prepare(sql: string): PreparedStatement
  /** Runs any number of statements that take no values. */
  exec(sql: string): unknown
  readonly inTransaction: boolean
  /** Called for a handle that the storage has opened, and never for one of the host. */
  close(): unknown
  /** Copies the database into a file, a few pages at a time. */
  backup?(path: string): Promise<unknown>
  /** Lets statements write to the tables that are FTS5's own. */
  unsafeMode?(enabled: boolean): unknown
}

export interface PreparedStatement {
  get(...values: unknown[]): unknown
  all(...values: unknown[]): unknown[]
  run(...values: unknown[]): { changes: number | bigint }
  safeIntegers?(enabled: boolean): unknown
  /** Switches to rows as arrays. */
  raw?(enabled: boolean): unknown
  columns?(): readonly { readonly name: string }[]
}

/** Wraps a handle so that rows hold numbers, even where the host has made `bigint` the default of the database. */
export function withoutBigInts(handle: SqliteHandle): SqliteHandle {
  return {
    prepare(sql) {
      const statement = handle.prepare(sql)
      statement.safeIntegers?.(false)
      return statement
    },
    exec: (sql) => handle.exec(sql),
    get inTransaction() {
      return handle.inTransaction
    },
    close: () => handle.close(),
  }
}

/** Does work that is not worth waiting for a lock: on a host's handle that would block the process. */
export function withoutWaiting<T>(handle: SqliteHandle, work: () => T): T {
  // The shape of the row is SQLite's.
  const { timeout } = handle.prepare('pragma busy_timeout').get() as { timeout: number }
  try {
    handle.exec('pragma busy_timeout = 0')
    return work()
  } finally {
    const setBack = () => handle.exec(`pragma busy_timeout = ${Number(timeout)}`)
    try {
      setBack()
    } catch {
      // Tried once more, since the limit is the host's and must not be lost.
      setBack()
    }
  }
}

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
      // The host may have set another default for the whole database.
      statement.setReadBigInts(false)
      statement.setReturnArrays(false)
      return Object.assign(statement, { raw: (enabled: boolean) => statement.setReturnArrays(enabled) })
    },
    exec: (sql) => database.exec(sql),
    get inTransaction() {
      // Throws once the database is closed.
      return database.isOpen && database.isTransaction
    },
    close: () => database.close(),
  }
}

/** Copies a database of `node:sqlite` into a file, in one of Node's own threads. */
export async function backupNodeSqlite(database: NodeSqliteHandle, file: string): Promise<unknown> {
  // Typed by hand: the oldest supported Node lacks it.
  const module = process.getBuiltinModule('node:sqlite') as unknown as {
    backup(database: NodeSqliteHandle, file: string): Promise<unknown>
  }
  return module.backup(database, file)
}
