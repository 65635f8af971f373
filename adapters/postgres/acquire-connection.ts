import { StorageFailedError } from '../../src/errors/index.js'
import type { PooledClient, PostgresPool } from './pool.js'

/** How long a call waits for a connection, where the pool has no limit of its own. */
export const connectionWaitMs = 10_000

/**
 * Takes a connection of a pool. The driver by itself waits for ever: a call that was meant for the inside of a
 * transaction would, when that transaction has the last connection.
 *
 * @throws {StorageFailedError} when none becomes free in time.
 */
export async function acquireConnection(pool: PostgresPool): Promise<PooledClient> {
  if (pool.options?.connectionTimeoutMillis) return pool.connect()
  const connecting = pool.connect()
  let timer: NodeJS.Timeout | undefined
  const isLate = new Promise<true>((resolve) => {
    timer = setTimeout(resolve, connectionWaitMs, true)
  })
  const client = await Promise.race([connecting, isLate]).finally(() => clearTimeout(timer))
  if (client !== true) return client
  // What comes after all goes to the next who waits.
  connecting.then(
    (late) => late.release(),
    () => {},
  )
  throw new StorageFailedError('no-connection')
}
