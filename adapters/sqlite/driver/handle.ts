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
  /** Has rows answered as arrays. */
  raw?(enabled: boolean): unknown
  columns?(): readonly { readonly name: string }[]
}

/** The handle, with numbers in its rows where the host has made `bigint` the rule for the whole database. */
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

/** Does something that is not worth a wait for a lock, which on a handle of the host would hold up the process. */
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
      // The limit is the host's, and must not be lost.
      setBack()
    }
  }
}
