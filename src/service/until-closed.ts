import { ClosedError } from '../errors.js'
import type { UsersService } from './users-service.js'

type Operations = Omit<UsersService, 'close' | typeof Symbol.asyncDispose>

/** Adds `close`: it lets running operations end, and refuses later ones. */
export function untilClosed(operations: Operations, closeStorage: () => Promise<void>): UsersService {
  let running = 0
  let closing: Promise<void> | undefined
  let lastEnded = () => {}

  function close(): Promise<void> {
    closing ??= new Promise<void>((resolve) => {
      lastEnded = resolve
      if (running === 0) resolve()
    }).then(closeStorage)
    return closing
  }

  function guarded(operation: (...args: never[]) => Promise<unknown>) {
    return async (...args: never[]) => {
      if (closing) throw new ClosedError()
      running++
      try {
        return await operation(...args)
      } finally {
        if (--running === 0) lastEnded()
      }
    }
  }

  const entries = Object.entries(operations).map(([name, operation]) => [name, guarded(operation)] as const)
  // Each function keeps the signature of the one it guards.
  const guardedOperations = Object.fromEntries(entries) as unknown as Operations
  return { ...guardedOperations, close, [Symbol.asyncDispose]: close }
}
