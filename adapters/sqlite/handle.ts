/** The part of better-sqlite3's `Database` that the storage needs. */
export interface SqliteHandle {
  prepare(sql: string): PreparedStatement
  exec(sql: string): unknown
  readonly inTransaction: boolean
  close(): unknown
}

export interface PreparedStatement {
  get(...values: unknown[]): unknown
  all(...values: unknown[]): unknown[]
  run(...values: unknown[]): { changes: number | bigint }
}
