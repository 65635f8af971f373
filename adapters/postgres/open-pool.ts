import type * as pg from 'pg'
import { InvalidOptionsError } from '../../src/errors.js'
import { loadPeer } from '../sql/load-peer.js'
import { connectionWaitMs } from './connected.js'

/**
 * Makes a pool, which connects when it is first used. `hostWaitMs` is how long its server may take to let it in.
 *
 * @throws {MissingPeerError}
 * @throws {InvalidOptionsError}
 */
export function openPool(connectionString: string, max: number, hostWaitMs?: number): pg.Pool {
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
  // The limit of a pool is also that of the wait for a connection that others have.
  class HastyClient extends Client {
    constructor(config?: pg.ClientConfig) {
      super({ ...config, connectionTimeoutMillis: hostWaitMs })
    }
  }
  return new Pool({
    ...(hostWaitMs !== undefined && { Client: HastyClient }),
    connectionString,
    max,
    connectionTimeoutMillis: connectionWaitMs,
    keepAlive: true,
    fallback_application_name: 'rollbook',
  })
}
