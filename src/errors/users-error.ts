import type { AnyUsersError } from './index.js'

const brand = Symbol.for('rollbook.error')

/**
 * The base of all errors of this library. Catch by {@link UsersError.is} and `code`: codes are stable, messages are not.
 *
 * ```ts
 * try {
 *   await users.createUser({ email: 'ada@example.com' })
 * } catch (error) {
 *   if (!UsersError.is(error) || error.code !== 'email-taken') throw error
 * }
 * ```
 */
export abstract class UsersError extends Error {
  abstract readonly code: string

  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = new.target.name
  }

  /** On the prototype, where no printer shows it. */
  get [brand](): true {
    return true
  }

  /** Returns whether a value is one of our errors, also across two copies or versions of this package. */
  static is(value: unknown): value is AnyUsersError {
    return typeof value === 'object' && value !== null && brand in value
  }
}
