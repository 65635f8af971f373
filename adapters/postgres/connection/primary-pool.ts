import type * as pg from 'pg'
import { InvalidOptionsError, StorageFailedError } from '../../../src/errors/index.js'
import { failed, fromDriver, sqlState } from './driver-error.js'
import type { PooledClient, PostgresPool } from './pool.js'

/**
 * The servers that one connection string names, each in a connection string of its own, in their order.
 *
 * @throws {InvalidOptionsError}
 */
export function connectionStringsOf(connectionString: string): readonly string[] {
  const parts = /^(\w+:\/\/(?:[^/?#]*@)?)([^/?#@]*)(.*)$/s.exec(connectionString)
  const [, start = '', hosts = '', end = ''] = parts ?? []
  // The driver would look for one host of this name.
  if (/[?&]host=[^&#]*(?:,|%2c)/i.test(end)) {
    throw new InvalidOptionsError(
      'postgresStorage: connectionString names several hosts behind the "?": name them before the database, as in ' +
        'postgres://user:password@db1:5432,db2:5432/app',
    )
  }
  if (!hosts.includes(',')) return [connectionString]
  return hosts.split(',').map((text) => {
    const host = text.trim()
    // The driver would take it for this machine.
    if (/^(:|$)/.test(host))
      throw new InvalidOptionsError('postgresStorage: connectionString has a comma with no host beside it')
    return `${start}${host}${end}`
  })
}

/** How long a server may take to accept a connection, before the next one of several is asked. */
export const hostWaitMs = 3000

/**
 * One pool of several, each of another server: connections come from the server that takes writes. The servers are asked
 * in order, beginning with the one that was the primary last: an old primary that comes back by itself is left alone.
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
    throw worst(errors)
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

/** Of the pool itself: the next server would not be better. */
function isOurOwn(error: unknown): boolean {
  return error instanceof Error && /^(Cannot use a pool|timeout exceeded when)/.test(error.message)
}

/** @throws {StorageFailedError} when the server is a standby, or set to read-only. */
async function requirePrimary(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query({ text: 'show transaction_read_only' })
  if (rows[0]?.transaction_read_only !== 'off') throw failed('read-only', undefined)
}

/** Of the errors of all servers the one that says most: a refusal of ours, a standby, or nobody there. */
function worst(errors: readonly unknown[]): unknown {
  const told =
    errors.find((error) => sqlState(error)?.startsWith('28')) ??
    errors.find((error) => error instanceof StorageFailedError) ??
    errors.find((error) => sqlState(error) !== undefined) ??
    errors[0]
  return fromDriver(told)
}
