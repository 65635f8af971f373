/** The part of a pool of `pg` that the storage needs. */
export interface PostgresPool extends Emitter {
  readonly options?: { readonly connectionTimeoutMillis?: number | undefined }
  connect(): Promise<PooledClient>
}

export interface PooledClient extends PostgresClient {
  /** Gives the client back to its pool, or with `true` away for good. */
  release(destroy?: boolean): void
}

/** The part of a client of `pg` that the storage needs. */
export interface PostgresClient extends Emitter {
  query(query: PostgresQuery): Promise<PostgresResult>
}

export interface PostgresQuery {
  readonly text: string
  // Not read-only: the driver's type is not.
  readonly values?: unknown[]
  /** Under this name the connection keeps the query prepared. */
  readonly name?: string
  /** Another limit than that of the pool, in milliseconds. */
  readonly query_timeout?: number
}

export interface PostgresResult {
  readonly rows: object[]
  /** How many rows were changed or answered. */
  readonly rowCount: number | null
}

/** Where a lost connection is told of. It ends the process when nobody listens. */
interface Emitter {
  /** `error` is told with an error, and `connect` of a pool with a client. */
  on?(event: 'error' | 'connect', listener: (told: unknown) => void): unknown
}
