import type { PostgresClient, PostgresPool } from './pool.js'

const survived = new WeakSet<object>()

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
  pool.on?.('connect', (client) => surviveLoss(client as PostgresClient))
}
