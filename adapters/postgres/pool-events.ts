import type { PostgresClient, PostgresPool } from './pool.js'

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
