import { withTimeout } from '../../../src/domain/abort.js'
import { InvalidOptionsError, StorageFailedError } from '../../../src/errors/index.js'
import { type Connection, connectionOf, namesStatements, withoutNames } from './connection.js'
import { insideTransaction, isGone, isLost, isStale } from './driver-error.js'
import { isNew, type PooledClient, type PostgresPool, surviveLoss } from './pool.js'

/** A connection of a pool, for as long as one piece of work takes. */
export interface Loan {
  readonly connection: Connection
  /** The same with another limit for each statement. */
  patiently(timeoutMs: number | undefined): Connection
  /** What was sent for good: once a commit was, the work must not be done again. */
  sent: 'nothing' | 'changes' | 'commit'
  /** Whether the connection is of no use to anybody else. */
  isSpoiled: boolean
}

/** Lends the connections of a pool. `prepare` is whether statements are prepared under names. */
export function createLender(
  pool: PostgresPool,
  prepare: boolean,
): <T>(task: (loan: Loan) => Promise<T>) => Promise<T> {
  async function attempt<T>(task: (loan: Loan) => Promise<T>, isLast: boolean): Promise<Outcome<T>> {
    const client = await acquireConnection(pool)
    surviveLoss(client)
    const isNamed = prepare && namesStatements(pool)
    const loan: Loan = {
      connection: connectionOf(client, isNamed),
      patiently: (timeoutMs) => connectionOf(client, isNamed, timeoutMs),
      sent: 'nothing',
      isSpoiled: false,
    }
    const wasNew = isNew(client)
    try {
      requireNoTransaction(client, loan)
      const result = await task(loan)
      // A host that does not wait for its `begin` gives the client back before the driver has heard of it. A commit has
      // its own guard.
      if (loan.sent === 'nothing') requireNoTransaction(client, loan)
      return { result }
    } catch (error) {
      loan.isSpoiled ||= isLost(error) || isStale(error)
      const isOfNames = isNamed && withoutNames(pool, error)
      if (isLast || !isRepeatable(loan, error) || (wasNew && !isOfNames)) throw error
      return 'again'
    } finally {
      client.release(loan.isSpoiled)
    }
  }

  return async (task) => {
    // As many as may be bad, and one that is new.
    for (let triesLeft = pool.options?.max ?? 1; ; triesLeft--) {
      const outcome = await attempt(task, triesLeft <= 0)
      if (outcome !== 'again') return outcome.result
    }
  }
}

type Outcome<T> = { readonly result: T } | 'again'

/** Returns whether the work has done nothing, and failed for the connection's sake. */
function isRepeatable({ sent, isSpoiled }: Loan, error: unknown): boolean {
  if (!isSpoiled || sent === 'commit') return false
  return isStale(error) || error instanceof InvalidOptionsError || (sent === 'nothing' && isGone(error))
}

/** @throws {InvalidOptionsError} when the client is inside a transaction, which is not ours to end. */
function requireNoTransaction(client: PooledClient, loan: Loan): void {
  const status = client.getTransactionStatus?.()
  if (status !== 'T' && status !== 'E') return
  loan.isSpoiled = true
  throw insideTransaction()
}

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
  const client = await withTimeout(connecting, connectionWaitMs, () => undefined)
  if (client) return client
  // What comes after all goes to the next who waits.
  connecting.then(
    (late) => late.release(),
    () => {},
  )
  throw new StorageFailedError('no-connection')
}
