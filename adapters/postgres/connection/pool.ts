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

const survived = new WeakSet<object>()
const unused = new WeakSet<object>()

/** Sees to it that the loss of a connection does not end the process: who uses it learns of it by a query. */
export function surviveLoss(client: PostgresClient): void {
  if (survived.has(client)) return
  survived.add(client)
  client.on?.('error', () => {})
}

/** The same for the connections of a pool, those that nobody uses and those that the host uses too. */
export function surviveLosses(pool: PostgresPool): void {
  if (survived.has(pool)) return
  survived.add(pool)
  pool.on?.('error', () => {})
  // From the first moment on: a connection may be lost before it has reached whoever waits for it.
  pool.on?.('connect', (client) => {
    unused.add(client as PostgresClient)
    surviveLoss(client as PostgresClient)
  })
  pool.on?.('release', (_error, client) => {
    unused.delete(client as PostgresClient)
  })
}

/** Whether nobody has used this client of a pool before: what is wrong with it is wrong with the next one too. */
export function isNew(client: PostgresClient): boolean {
  return unused.has(client)
}
