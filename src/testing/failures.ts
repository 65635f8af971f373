import { invalid } from '../domain/input.js'
import type { UsersService } from '../service/users-service.js'

/** The name of an operation of the service. */
export type UsersOperation = Exclude<keyof UsersService, symbol>

/**
 * Has the next call of an operation reject with this error and do nothing; the call after it works again. Several
 * failures of one operation happen in the order in which they were requested.
 *
 * ```ts
 * failNext('getUser', new StorageFailedError('unreachable'))
 * await assert.rejects(users.getUser('ada'), { code: 'storage-failed' })
 * ```
 *
 * `iterateUsers` fails at its first step, and `withTransaction`, which returns no promise, throws. Operations inside a
 * transaction fail too.
 *
 * @throws {InvalidInputError} when the service has no such operation, or the error is not an object.
 */
export type FailNext = (operation: UsersOperation, error: Error) => void

type Operations = Pick<UsersService, 'iterateUsers'>

/** Wraps a service so that its operations can be made to fail. */
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
    // Each function keeps the signature of the one it replaces; those that return no promise follow.
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
      // Not `instanceof`: Jest gives each file an `Error` of its own, which Node's errors do not extend.
      if (typeof error !== 'object' || error === null) throw invalid('error', 'must be an error')
      failures.set(operation, [...(failures.get(operation) ?? []), error])
    },
  }
}

async function* rejecting(error: Error): AsyncGenerator<never, void, undefined> {
  yield await Promise.reject<never>(error)
}
