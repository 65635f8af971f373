import { ClosedError } from '../errors.js'
import type { UsersService } from './users-service.js'

type Operations = Omit<UsersService, 'close' | typeof Symbol.asyncDispose>

/** Adds `close`: it lets running operations end, and refuses later ones. */
export function untilClosed(operations: Operations, closeStorage: () => Promise<void>): UsersService {
  const running = new Set<Promise<unknown>>()
  let closing: Promise<void> | undefined

  const guarded = Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [
      name,
      async (...args: unknown[]) => {
        if (closing) throw new ClosedError()
        const ended = Reflect.apply(operation, undefined, args) as Promise<unknown>
        running.add(ended)
        try {
          return await ended
        } finally {
          running.delete(ended)
        }
      },
    ]),
    // The entries are those of `operations`, each with its own signature.
  ) as unknown as Operations

  async function close(): Promise<void> {
    closing ??= Promise.allSettled(running).then(closeStorage)
    await closing
  }
  return { ...guarded, close, [Symbol.asyncDispose]: close }
}
