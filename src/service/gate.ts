import { ClosedError } from '../errors.js'
import { wrapped } from './wrapped.js'

/** Lets operations through until it is closed, and knows which are running. */
export interface Gate {
  /** @throws {ClosedError} */
  requireOpen(): void
  /** Wraps each operation: it counts as running until its promise is settled, and is refused when the gate is closed. */
  guarded<Operations extends object>(operations: Operations): Operations
  /** Refuses what comes from now on, waits for what is running, and then closes what is behind the gate. */
  close(): Promise<void>
}

/** `closed` is what a refused caller reads. */
export function createGate(closeBehind: () => Promise<void>, closed?: string): Gate {
  let running = 0
  let closing: Promise<void> | undefined
  let lastEnded = () => {}

  function requireOpen(): void {
    if (closing) throw new ClosedError(closed)
  }

  function guard(operation: (...args: never[]) => Promise<unknown>) {
    return async (...args: never[]) => {
      requireOpen()
      running++
      try {
        return await operation(...args)
      } finally {
        if (--running === 0) lastEnded()
      }
    }
  }

  return {
    requireOpen,
    guarded: (operations) => wrapped(operations, guard),
    close() {
      closing ??= new Promise<void>((resolve) => {
        lastEnded = resolve
        if (running === 0) resolve()
      }).then(closeBehind)
      return closing
    },
  }
}
