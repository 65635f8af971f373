import type * as pg from 'pg'
import { InvalidOptionsError } from '../../src/errors/index.js'
import { loadPeer } from '../sql/load-peer.js'
import { connectionWaitMs } from './acquire-connection.js'
import { poolEnd, poolSockets } from './pool-end.js'

interface PoolSettings {
  readonly connectionString: string
  readonly max: number
  readonly queryTimeoutMs: number
  /** How long the server may take to let a connection in: as long as one waits for a connection when absent. */
  readonly hostWaitMs?: number | undefined
}

/**
 * Creates a pool, which connects when it is first used, and what ends it.
 *
 * @throws {MissingPeerError}
 * @throws {InvalidOptionsError}
 */
export function openPool({ connectionString, max, queryTimeoutMs, hostWaitMs }: PoolSettings) {
  const { Client, Pool } = loadPeer<typeof pg>('pg', 'npm install pg kysely')
  try {
    // Reads the text, and does no more than that.
    new Client({ connectionString })
  } catch {
    // Without the cause, which has the password in it.
    throw new InvalidOptionsError(
      'postgresStorage: connectionString cannot be read: write it like postgres://user:password@host:5432/database',
    )
  }
  const sockets = poolSockets()
  // The limit of a pool is also that of the wait for a connection that others have.
  class HastyClient extends Client {
    constructor(config?: pg.ClientConfig) {
      super({ ...config, connectionTimeoutMillis: hostWaitMs })
    }
  }
  const pool = new Pool({
    ...(hostWaitMs !== undefined && { Client: HastyClient }),
    connectionString,
    max,
    connectionTimeoutMillis: connectionWaitMs,
    query_timeout: queryTimeoutMs,
    stream: sockets.stream,
    keepAlive: true,
    fallback_application_name: 'rollbook',
  })
  return { pool, close: poolEnd(pool, sockets) }
}
