/** The part of a pool of `pg` that the storage needs. */
export interface PostgresPool extends Emitter<'connect' | 'release'> {
  readonly options?: { readonly connectionTimeoutMillis?: number | undefined; readonly max?: number | undefined }
  connect(): Promise<PooledClient>
}

export interface PooledClient extends PostgresClient {
  /** Returns the client to its pool; with `true`, closes it. */
  release(destroy?: boolean): void
}

/** The part of a client of `pg` that the storage needs. */
export interface PostgresClient extends Emitter<never> {
  query(query: PostgresQuery): Promise<PostgresResult>
  /** The transaction status that the server last reported: `I` when there is none. */
  getTransactionStatus?(): string | null
}

export interface PostgresQuery {
  readonly text: string
  // Mutable, as in the driver's own type.
  readonly values?: unknown[]
  /** The name under which the connection keeps the query prepared. */
  readonly name?: string
  /** Replaces the limit of the pool, in milliseconds. */
  readonly query_timeout?: number
}

export interface PostgresResult {
  readonly rows: object[]
  /** How many rows were changed or returned. */
  readonly rowCount: number | null
}

/** Emits an event for a lost connection, which ends the process when nobody listens. */
interface Emitter<Event extends string> {
  /** `error` passes an error; on a pool, `connect` passes a client, and `release` an error and a client. */
  on?(event: 'error' | Event, listener: (first: unknown, client?: unknown) => void): unknown
}

const survived = new WeakSet<object>()
const unused = new WeakSet<object>()

/** Keeps a lost connection from ending the process: the next query on it fails instead. */
export function surviveLoss(client: PostgresClient): void {
  if (survived.has(client)) return
  survived.add(client)
  client.on?.('error', () => {})
}

/** Does the same for all connections of a pool, idle ones and those that the host uses too. */
export function surviveLosses(pool: PostgresPool): void {
  if (survived.has(pool)) return
  survived.add(pool)
  pool.on?.('error', () => {})
  // At once, since a connection may be lost before it reaches the call that waits for it.
  pool.on?.('connect', (client) => {
    unused.add(client as PostgresClient)
    surviveLoss(client as PostgresClient)
  })
  pool.on?.('release', (_error, client) => {
    unused.delete(client as PostgresClient)
  })
}

/** Returns whether nobody has used this client of a pool yet: whatever fails on it would fail on another one too. */
export function isNew(client: PostgresClient): boolean {
  return unused.has(client)
}
