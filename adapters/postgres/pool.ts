/** The part of a pool of `pg` that the storage needs. */
export interface PostgresPool extends Emitter<'connect' | 'release'> {
  readonly options?: { readonly connectionTimeoutMillis?: number | undefined; readonly max?: number | undefined }
  connect(): Promise<PooledClient>
}

export interface PooledClient extends PostgresClient {
  /** Gives the client back to its pool, or with `true` away for good. */
  release(destroy?: boolean): void
}

/** The part of a client of `pg` that the storage needs. */
export interface PostgresClient extends Emitter<never> {
  query(query: PostgresQuery): Promise<PostgresResult>
  /** What the server has said last of the transaction: `I` when there is none. */
  getTransactionStatus?(): string | null
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
interface Emitter<Event extends string> {
  /** `error` is told with an error; of a pool `connect` with a client, and `release` with an error and a client. */
  on?(event: 'error' | Event, listener: (told: unknown, client?: unknown) => void): unknown
}
