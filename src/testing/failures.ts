import { invalid } from '../domain/input.js'
import type { UsersService } from '../service/users-service.js'

/** The name of an operation of the service. */
export type UsersOperation = Exclude<keyof UsersService, symbol>

/**
 * Creates the next call of an operation reject with this error, and do nothing; the call after it works again. Several
 * failures of one operation come in the order in which they were asked for.
 *
 * ```ts
 * failNext('getUser', new StorageFailedError('unreachable'))
 * await assert.rejects(users.getUser('ada'), { code: 'storage-failed' })
 * ```
 *
 * `iterateUsers` fails at its first step, and `withTransaction`, which answers no promise, throws. What is called on
 * the answer of `withTransaction` fails too.
 *
 * @throws {InvalidInputError} when the service has no such operation, or the error is none.
 */
export type FailNext = (operation: UsersOperation, error: Error) => void

type Operations = Pick<UsersService, 'iterateUsers'>

/** The same service, whose operations can be told to fail. */
export function withFailures(service: UsersService): { readonly users: UsersService; readonly failNext: FailNext } {
  const failures = new Map<string, Error[]>()

  function fail(name: string): void {
    const error = failures.get(name)?.shift()
    if (error) throw error
  }

  function promised(name: string, operation: (...args: never[]) => unknown) {
    return async (...args: never[]) => {
      fail(name)
      return operation(...args)
    }
  }

  function failing<T extends Operations>(operations: T): T {
    const entries = Object.entries(operations).map(([name, operation]) => [name, promised(name, operation)] as const)
    // Each function keeps the signature of the one that it stands for; those that answer no promise follow.
    return { ...(Object.fromEntries(entries) as unknown as T), iterateUsers: failingWalk(operations) }
  }

  function failingWalk({ iterateUsers }: Operations): UsersService['iterateUsers'] {
    return (...args) => {
      const error = failures.get('iterateUsers')?.shift()
      return error ? rejecting(error) : iterateUsers(...args)
    }
  }

  const users = failing(service)
  return {
    users: {
      ...users,
      withTransaction(transaction) {
        fail('withTransaction')
        const inside = service.withTransaction(transaction)
        return { ...failing(inside), committed: inside.committed }
      },
      [Symbol.asyncDispose]: users.close,
    },
    failNext(operation, error) {
      if (!Object.hasOwn(service, operation) || typeof operation !== 'string') {
        throw invalid('operation', `must be one of ${Object.keys(service).join(', ')}`)
      }
      // Not `instanceof`: Jest gives each file errors of its own, and Node's are none of them.
      if (typeof error !== 'object' || error === null) throw invalid('error', 'must be an error')
      failures.set(operation, [...(failures.get(operation) ?? []), error])
    },
  }
}

async function* rejecting(error: Error): AsyncGenerator<never, void, undefined> {
  yield await Promise.reject<never>(error)
}
