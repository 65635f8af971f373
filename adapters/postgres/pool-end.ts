import { Socket } from 'node:net'
import type * as pg from 'pg'
import type { CloseOptions } from '../../src/ports/storage.js'

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
