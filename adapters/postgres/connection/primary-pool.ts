import type * as pg from 'pg'
import { InvalidOptionsError, StorageFailedError } from '../../../src/errors/index.js'
import { failed, fromDriver, sqlState } from './driver-error.js'
import type { PooledClient, PostgresPool } from './pool.js'

/**
 * Splits a connection string that names several servers into one for each, in order.
 *
 * @throws {InvalidOptionsError}
 */
export function connectionStringsOf(connectionString: string): readonly string[] {
  const parts = /^(\w+:\/\/(?:[^/?#]*@)?)([^/?#@]*)(.*)$/s.exec(connectionString)
  const [, start = '', hosts = '', end = ''] = parts ?? []
  // The driver would take this for one host name.
  if (/[?&]host=[^&#]*(?:,|%2c)/i.test(end)) {
    throw new InvalidOptionsError(
      'postgresStorage: connectionString names several hosts after the "?": name them before the database, as in ' +
        'postgres://user:password@db1:5432,db2:5432/app',
    )
  }
  if (!hosts.includes(',')) return [connectionString]
  return hosts.split(',').map((text) => {
    const host = text.trim()
    // The driver would take this for localhost.
    if (/^(:|$)/.test(host))
      throw new InvalidOptionsError('postgresStorage: connectionString has a comma without a host next to it')
    return `${start}${host}${end}`
  })
}

/** How long one of several servers may take to accept a connection before the next one is tried. */
export const hostWaitMs = 3000

/**
 * Combines pools of several servers: connections come from the server that takes writes. Servers are tried in order, from
 * the last known primary on, so that an old primary that comes back is left alone.
 */
export function primaryPool(pools: readonly pg.Pool[]): PostgresPool & { end(): Promise<void> } {
  const primaries = new WeakSet<object>()
  let first = 0

  async function connect(): Promise<PooledClient> {
    const errors: unknown[] = []
    for (let asked = 0, start = first; asked < pools.length; asked++) {
      const index = (start + asked) % pools.length
      const client = await pools[index]?.connect().catch((error: unknown) => {
        if (isOurOwn(error)) throw error
        errors.push(error)
      })
      if (!client) continue
      try {
        if (!primaries.has(client)) await requirePrimary(client)
        primaries.add(client)
        first = index
        return client
      } catch (error) {
        client.release(true)
        errors.push(error)
      }
    }
    throw mostTelling(errors)
  }

  return {
    options: { max: pools[0]?.options.max },
    on: (event, listener) => {
      for (const pool of pools) pool.on(event, listener)
    },
    connect,
    async end() {
      await Promise.all(pools.map((pool) => pool.end()))
    },
  }
}

/** Returns whether the error is the pool's own, so that the next server would not help. */
function isOurOwn(error: unknown): boolean {
  return error instanceof Error && /^(Cannot use a pool|timeout exceeded when)/.test(error.message)
}

/** @throws {StorageFailedError} when the server is a standby, or set to read-only. */
async function requirePrimary(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query({ text: 'show transaction_read_only' })
  if (rows[0]?.transaction_read_only !== 'off') throw failed('read-only', undefined)
}

/** Returns the most telling error of all servers: refused credentials, a standby, another answer, or no answer. */
function mostTelling(errors: readonly unknown[]): unknown {
  const error =
    errors.find((error) => sqlState(error)?.startsWith('28')) ??
    errors.find((error) => error instanceof StorageFailedError) ??
    errors.find((error) => sqlState(error) !== undefined) ??
    errors[0]
  return fromDriver(error)
}
