import { CommitOutcomeUnknownError } from '../../../src/errors/index.js'
import { longestTimeoutMs } from '../options.js'
import type { Connection } from './connection.js'
import { isLost, isStale, leavesOutcomeUnknown, withoutRows } from './driver-error.js'
import type { PostgresPool } from './pool.js'
import { connectionRunner, type Lease } from './with-connection.js'

/** How the storage gets at the database. */
export interface Access {
  read<T>(task: (connection: Connection) => Promise<T>): Promise<T>
  /** Reads where the database may refuse: inside a transaction of the host, a refusal must not abort it. */
  tryRead<T>(task: (connection: Connection) => Promise<T>): Promise<T>
  /** Commits everything that the task writes, or nothing when it throws. */
  write<T>(task: (connection: Connection) => Promise<T>, limit?: TimeLimit): Promise<T>
}

/**
 * How long a statement may take, where the storage sets the limit: `long` is for one that may change very many rows, `none`
 * for one that may build an index.
 */
export type TimeLimit = 'default' | 'long' | 'none'

/** How long a change waits for a lock, where the database sets no limit. */
const lockWaitMs = 10_000

/** How many times the default the long limit is. */
const longFactor = 10

// The statements are written for this isolation level, whatever the host's default is. The lock timeout guards against a
// deadlock that PostgreSQL cannot see: the lock holder awaits this very call. A plain `begin` would join a transaction
// that somebody has left open; naming the level makes PostgreSQL refuse instead.
const begin = `begin isolation level read committed not deferrable;
  select set_config('lock_timeout', '${lockWaitMs}', true) where current_setting('lock_timeout') = '0'`

interface PoolAccessOptions {
  /** Whether statements are prepared under names. */
  readonly prepare: boolean
  /** The pool's own limit for a statement, where we know it. */
  readonly queryTimeoutMs?: number | undefined
}

/** Works on the connections of a pool. Each task takes exactly one. */
export function poolAccess(pool: PostgresPool, { prepare, queryTimeoutMs }: PoolAccessOptions): Access {
  const limits: Readonly<Record<TimeLimit, number | undefined>> = {
    default: undefined,
    long: queryTimeoutMs && Math.min(longFactor * queryTimeoutMs, longestTimeoutMs),
    none: longestTimeoutMs,
  }
  const withConnection = connectionRunner(pool, prepare)
  const read: Access['read'] = (task) => withConnection(({ connection }) => task(connection))
  return {
    read,
    tryRead: read,
    write: (task, limit = 'default') =>
      withConnection(async (lease) => {
        const { connection } = lease
        const result = await rollbackOnError(lease, async () => {
          // Always with the default limit, so that a silent server is noticed here.
          await connection.command(begin)
          lease.sent = 'changes'
          return task(lease.withTimeout(limits[limit]))
        })
        lease.sent = 'commit'
        await requireOutcome(() => connection.command('commit'))
        return result
      }),
  }
}

async function rollbackOnError<T>(lease: Lease, task: () => Promise<T>): Promise<T> {
  try {
    return await task()
  } catch (error) {
    // The first error is the one that matters. A connection that cannot even roll back is thrown away.
    if (isLost(error) || isStale(error)) lease.isSpoiled = true
    else
      await lease.connection.command('rollback').catch(() => {
        lease.isSpoiled = true
      })
    throw error
  }
}

/** @throws {CommitOutcomeUnknownError} when the connection is lost before the server has confirmed the commit. */
async function requireOutcome<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send()
  } catch (error) {
    throw leavesOutcomeUnknown(error) ? new CommitOutcomeUnknownError({ cause: withoutRows(error) }) : error
  }
}
