import { CommitOutcomeUnknownError } from '../../../src/errors/index.js'
import { longestTimeoutMs } from '../options.js'
import type { Connection } from './connection.js'
import { isLost, isStale, leavesOutcomeUnknown, withoutRows } from './driver-error.js'
import type { PostgresPool } from './pool.js'
import { createLender, type Loan } from './with-connection.js'

/** How the storage gets at the database. */
export interface Access {
  read<T>(task: (connection: Connection) => Promise<T>): Promise<T>
  /** Reads what the database may refuse: inside a transaction of the host, that must not end it. */
  tryRead<T>(task: (connection: Connection) => Promise<T>): Promise<T>
  /** Writes everything, or nothing when the task throws. */
  write<T>(task: (connection: Connection) => Promise<T>, patience?: Patience): Promise<T>
}

/**
 * How long a statement may take, where the storage has a limit of its own: as long as any, longer because it may change
 * very many rows, or for as long as it needs because it may build an index.
 */
export type Patience = 'ordinary' | 'long' | 'endless'

/** How long a change waits for what another transaction has locked, where the database has no limit of its own. */
const lockWaitMs = 10_000

/** How much longer than any other a statement may take that changes very many rows. */
const longPatience = 10

// Whatever the host has made the default: the statements are written for this level. Whoever waits for a lock of a
// transaction that in turn waits for the caller, waits for ever: PostgreSQL sees only one of the two. Inside a transaction
// that somebody has left open, `begin` alone would join it; to ask for what is the default anyway is refused there.
const begin = `begin isolation level read committed not deferrable;
  select set_config('lock_timeout', '${lockWaitMs}', true) where current_setting('lock_timeout') = '0'`

interface PoolAccessOptions {
  /** Whether statements are prepared under names. */
  readonly prepare: boolean
  /** The pool's own limit for a statement, where we know it. */
  readonly queryTimeoutMs?: number | undefined
}

/** Takes one connection of a pool for as long as a piece of work takes, and never a second one meanwhile. */
export function poolAccess(pool: PostgresPool, { prepare, queryTimeoutMs }: PoolAccessOptions): Access {
  const limits: Readonly<Record<Patience, number | undefined>> = {
    ordinary: undefined,
    long: queryTimeoutMs && Math.min(longPatience * queryTimeoutMs, longestTimeoutMs),
    endless: longestTimeoutMs,
  }
  const withConnection = createLender(pool, prepare)
  const read: Access['read'] = (task) => withConnection(({ connection }) => task(connection))
  return {
    read,
    tryRead: read,
    write: (task, patience = 'ordinary') =>
      withConnection(async (loan) => {
        const { connection } = loan
        const result = await rolledBack(loan, async () => {
          // With the ordinary limit, whatever comes: a server that says nothing is found out here.
          await connection.command(begin)
          loan.sent = 'changes'
          return task(loan.patiently(limits[patience]))
        })
        loan.sent = 'commit'
        await knowingOutcome(() => connection.command('commit'))
        return result
      }),
  }
}

async function rolledBack<T>(loan: Loan, task: () => Promise<T>): Promise<T> {
  try {
    return await task()
  } catch (error) {
    // What went wrong is what matters; a connection that cannot even roll back is thrown away.
    if (isLost(error) || isStale(error)) loan.isSpoiled = true
    else
      await loan.connection.command('rollback').catch(() => {
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
