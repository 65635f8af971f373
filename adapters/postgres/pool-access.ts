import { CommitOutcomeUnknownError } from '../../src/errors.js'
import type { Access, Patience } from './access.js'
import { connected } from './connected.js'
import { isLost, leavesOutcomeUnknown, withoutRows } from './driver-error.js'
import { longestTimeoutMs } from './options.js'
import type { PostgresPool } from './pool.js'
import { type Session, sessionOf } from './session.js'
import { surviveLoss } from './survive-loss.js'

/** How long a change waits for what another transaction has locked, where the database has no limit of its own. */
const lockWaitMs = 10_000

/** How much longer than any other a statement may take that changes very many rows. */
const longPatience = 10

// Whatever the host has made the default: the statements are written for this level. Whoever waits for a lock of a
// transaction that in turn waits for the caller, waits for ever: PostgreSQL sees only one of the two.
const begin = `begin isolation level read committed;
  select set_config('lock_timeout', '${lockWaitMs}', true) where current_setting('lock_timeout') = '0'`

/**
 * Takes one connection of a pool for as long as a piece of work takes, and never a second one meanwhile. `queryTimeoutMs`
 * is the pool's own limit for a statement, where we know it.
 */
export function poolAccess(pool: PostgresPool, queryTimeoutMs?: number): Access {
  const limits: Readonly<Record<Patience, number | undefined>> = {
    ordinary: undefined,
    long: queryTimeoutMs && Math.min(longPatience * queryTimeoutMs, longestTimeoutMs),
    endless: longestTimeoutMs,
  }
  const read: Access['read'] = (task) => lent(pool, ({ session }) => task(session))
  return {
    read,
    tryRead: read,
    write: (task, patience = 'ordinary') =>
      lent(pool, async (loan) => {
        const { session } = loan
        const result = await rolledBack(loan, async () => {
          // With the ordinary limit, whatever comes: a server that says nothing is found out here.
          await session.command(begin)
          return task(loan.patiently(limits[patience]))
        })
        await knowingOutcome(() => session.command('commit'))
        return result
      }),
  }
}

interface Loan {
  readonly session: Session
  /** The same with another limit for each statement. */
  patiently(timeoutMs: number | undefined): Session
  /** Whether the connection is of no use to anybody else. */
  isSpoiled: boolean
}

async function lent<T>(pool: PostgresPool, task: (loan: Loan) => Promise<T>): Promise<T> {
  const client = await connected(pool)
  surviveLoss(client)
  const loan: Loan = {
    session: sessionOf(client),
    patiently: (timeoutMs) => sessionOf(client, timeoutMs),
    isSpoiled: false,
  }
  try {
    return await task(loan)
  } catch (error) {
    if (isLost(error)) loan.isSpoiled = true
    throw error
  } finally {
    client.release(loan.isSpoiled)
  }
}

async function rolledBack<T>(loan: Loan, task: () => Promise<T>): Promise<T> {
  try {
    return await task()
  } catch (error) {
    // What went wrong is what matters; a connection that cannot even roll back is thrown away.
    if (isLost(error)) loan.isSpoiled = true
    else
      await loan.session.command('rollback').catch(() => {
        loan.isSpoiled = true
      })
    throw error
  }
}

/** @throws {CommitOutcomeUnknownError} when the connection is lost before the server has said how it ended. */
async function knowingOutcome<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send()
  } catch (error) {
    throw leavesOutcomeUnknown(error) ? new CommitOutcomeUnknownError({ cause: withoutRows(error) }) : error
  }
}
