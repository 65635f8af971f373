import { withTimeout } from '../../../src/domain/abort.js'
import { InvalidOptionsError, StorageFailedError } from '../../../src/errors/index.js'
import { type Connection, connectionOf, stopsPreparedNames, usesPreparedNames } from './connection.js'
import { insideTransaction, isGone, isLost, isStale } from './driver-error.js'
import { isNew, type PooledClient, type PostgresPool, surviveLoss } from './pool.js'

/** A connection that is taken out of a pool for one task. */
export interface Lease {
  readonly connection: Connection
  /** Returns the same connection with another limit for each statement. */
  withTimeout(timeoutMs: number | undefined): Connection
  /** What was sent to the server. After a commit the task must not be repeated. */
  sent: 'nothing' | 'changes' | 'commit'
  /** Whether nobody else can use the connection any more. */
  isSpoiled: boolean
}

/**
 * Returns a function that runs a task on a connection of the pool, and repeats it on another one when the first turns out
 * to be bad before anything was done. `prepare` is whether statements are prepared under names.
 */
export function connectionRunner(
  pool: PostgresPool,
  prepare: boolean,
): <T>(task: (lease: Lease) => Promise<T>) => Promise<T> {
  async function attempt<T>(task: (lease: Lease) => Promise<T>, isLast: boolean): Promise<Outcome<T>> {
    const client = await acquireConnection(pool)
    surviveLoss(client)
    const isNamed = prepare && usesPreparedNames(pool)
    const lease: Lease = {
      connection: connectionOf(client, isNamed),
      withTimeout: (timeoutMs) => connectionOf(client, isNamed, timeoutMs),
      sent: 'nothing',
      isSpoiled: false,
    }
    const wasNew = isNew(client)
    try {
      requireNoTransaction(client, lease)
      const result = await task(lease)
      // A host that does not await its `begin` may release the client before the server has confirmed it. Commits check
      // this by themselves.
      if (lease.sent === 'nothing') requireNoTransaction(client, lease)
      return { result }
    } catch (error) {
      lease.isSpoiled ||= isLost(error) || isStale(error)
      const isOfName = isNamed && stopsPreparedNames(pool, error)
      if (isLast || !isRepeatable(lease, error) || (wasNew && !isOfName)) throw error
      return 'again'
    } finally {
      client.release(lease.isSpoiled)
    }
  }

  return async (task) => {
    // Every connection of the pool may be bad, but not one that is new.
    for (let triesLeft = pool.options?.max ?? 1; ; triesLeft--) {
      const outcome = await attempt(task, triesLeft <= 0)
      if (outcome !== 'again') return outcome.result
    }
  }
}

type Outcome<T> = { readonly result: T } | 'again'

/** Returns whether the task failed because of the connection, and has done nothing. */
function isRepeatable({ sent, isSpoiled }: Lease, error: unknown): boolean {
  if (!isSpoiled || sent === 'commit') return false
  return isStale(error) || error instanceof InvalidOptionsError || (sent === 'nothing' && isGone(error))
}

/** @throws {InvalidOptionsError} when the client is inside a transaction, which only the host may end. */
function requireNoTransaction(client: PooledClient, lease: Lease): void {
  const status = client.getTransactionStatus?.()
  if (status !== 'T' && status !== 'E') return
  lease.isSpoiled = true
  throw insideTransaction()
}

/** How long a call waits for a connection, where the pool has no limit of its own. */
export const connectionWaitMs = 10_000

/**
 * Takes a connection out of a pool. The driver would wait for ever, for instance when a call was meant for the inside of a
 * transaction, and that transaction has the last connection.
 *
 * @throws {StorageFailedError} when none becomes free in time.
 */
export async function acquireConnection(pool: PostgresPool): Promise<PooledClient> {
  if (pool.options?.connectionTimeoutMillis) return pool.connect()
  const connecting = pool.connect()
  const client = await withTimeout(connecting, connectionWaitMs, () => undefined)
  if (client) return client
  // A connection that comes too late goes to the next in the queue.
  connecting.then(
    (late) => late.release(),
    () => {},
  )
  throw new StorageFailedError('no-connection')
}
