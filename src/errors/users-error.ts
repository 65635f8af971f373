/**
 * The class of each error by its code. Each file of errors adds its own, so that this file imports none of them and
 * {@link UsersError.is} knows them all.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging.
export interface UsersErrors {}

/** All errors of this library: switch on `code`. */
export type AnyUsersError = UsersErrors[keyof UsersErrors]

/** The stable code of each error. */
export type UsersErrorCode = keyof UsersErrors

const brand = Symbol.for('rollbook.error')

/**
 * The base of all errors of this library. Catch by {@link UsersError.is} and `code`: codes are stable, messages are
 * not.
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

  /** On the prototype, where no logger prints it. */
  get [brand](): true {
    return true
  }

  /** Returns whether a value is one of our errors, also one of another copy or version of this package. */
  static is(value: unknown): value is AnyUsersError {
    return typeof value === 'object' && value !== null && brand in value
  }
}

// JSON leaves these as they are, but logs and terminals obey them: controls, line ends and direction marks.
const unprintable = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu

/** Quotes a caller's text for a message: on one line, and never long. */
export function quoted(text: string): string {
  const quoted = JSON.stringify(text.length > 64 ? `${text.slice(0, 64)}...` : text)
  return quoted.replaceAll(unprintable, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
