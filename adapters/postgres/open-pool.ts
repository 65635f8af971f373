import type * as pg from 'pg'
import { InvalidOptionsError } from '../../src/errors.js'
import { loadPeer } from '../sql/load-peer.js'
import { connectionWaitMs } from './connected.js'

/**
 * Makes a pool, which connects when it is first used.
 *
 * @throws {MissingPeerError}
 * @throws {InvalidOptionsError}
 */
export function openPool(connectionString: string, max: number): pg.Pool {
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
  return new Pool({
    connectionString,
    max,
    connectionTimeoutMillis: connectionWaitMs,
    keepAlive: true,
    fallback_application_name: 'rollbook',
  })
}
