import { Socket } from 'node:net'
import type * as pg from 'pg'
import { InvalidOptionsError } from '../../../src/errors/index.js'
import type { CloseOptions } from '../../../src/ports/storage.js'
import { loadPeer } from '../../sql/load-peer.js'
import { connectionWaitMs } from './with-connection.js'

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

const longestWaitMs = 10_000
const leaveMs = 1000

/** The sockets of a pool of our own, which can be cut when the server has stopped answering. */
export interface PoolSockets {
  /** What the driver makes its connections of. */
  stream(): Socket
  /** Cuts those that are open then. */
  cutAfter(milliseconds: number): void
}

export function poolSockets(): PoolSockets {
  const open = new Set<Socket>()
  return {
    stream() {
      const socket = new Socket()
      open.add(socket)
      socket.once('close', () => open.delete(socket))
      return socket
    },
    cutAfter(milliseconds) {
      for (const socket of open) {
        const timer = setTimeout(() => socket.destroy(), milliseconds)
        socket.once('close', () => clearTimeout(timer))
      }
    },
  }
}

/**
 * Ends a pool, once. The driver waits for as long as a connection is in use, and for the server to hang up: of a server
 * that says nothing, for ever.
 */
export function poolEnd(pool: pg.Pool, sockets: PoolSockets): (options?: CloseOptions) => Promise<void> {
  let ended: Promise<void> | undefined
  return ({ timeoutMs = longestWaitMs } = {}) => {
    ended ??= pool.end().then(() => sockets.cutAfter(leaveMs))
    sockets.cutAfter(timeoutMs)
    return ended
  }
}
