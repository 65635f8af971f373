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
  /** How long the server may take to accept a connection; as long as a call waits for one when absent. */
  readonly hostWaitMs?: number | undefined
}

/**
 * Creates a pool, which connects when it is first used, and a function that closes it.
 *
 * @throws {MissingPeerError}
 * @throws {InvalidOptionsError}
 */
export function openPool({ connectionString, max, queryTimeoutMs, hostWaitMs }: PoolSettings) {
  const { Client, Pool } = loadPeer<typeof pg>('pg', 'npm install pg kysely')
  try {
    // Only parses the text.
    new Client({ connectionString })
  } catch {
    // Without the cause, which contains the password.
    throw new InvalidOptionsError(
      'postgresStorage: connectionString cannot be read: write it like postgres://user:password@host:5432/database',
    )
  }
  const sockets = poolSockets()
  // The pool applies its limit also to the wait for a connection in use, so this one is set on the client.
  class ImpatientClient extends Client {
    constructor(config?: pg.ClientConfig) {
      super({ ...config, connectionTimeoutMillis: hostWaitMs })
    }
  }
  const pool = new Pool({
    ...(hostWaitMs !== undefined && { Client: ImpatientClient }),
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

/** The sockets of our own pool, which can be destroyed when the server has stopped answering. */
export interface PoolSockets {
  /** Creates a socket for a connection of the driver. */
  stream(): Socket
  /** Destroys the sockets that are open now, unless they close in time. */
  destroyAfter(milliseconds: number): void
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
    destroyAfter(milliseconds) {
      for (const socket of open) {
        const timer = setTimeout(() => socket.destroy(), milliseconds)
        socket.once('close', () => clearTimeout(timer))
      }
    },
  }
}

/**
 * Closes a pool, once. The driver waits until no connection is in use and the server has hung up: for ever, if the server
 * is silent.
 */
export function poolEnd(pool: pg.Pool, sockets: PoolSockets): (options?: CloseOptions) => Promise<void> {
  let ended: Promise<void> | undefined
  return ({ timeoutMs = longestWaitMs } = {}) => {
    ended ??= pool.end().then(() => sockets.destroyAfter(leaveMs))
    sockets.destroyAfter(timeoutMs)
    return ended
  }
}
