import { types } from 'node:util'
import { dateRule, isKeptDate, ownDate } from '../../domain/date.js'
import { type IdKind, idRule, isId } from '../../domain/ids.js'
import { limits } from '../../domain/limits.js'
import { InvalidOptionsError } from '../../errors/index.js'
import { shown } from '../../errors/shown.js'
import type { PasswordHasher } from '../../ports/password-hasher.js'

/**
 * The functions of the host that decide what is written, with their answers checked: a user whose id is none could not
 * be found by anybody who wants to block them. A wrong answer fails the call by the name of the option, before anything
 * is written.
 */

/** @throws {InvalidOptionsError} when the clock tells no time. */
export function checkedClock(now: () => Date): () => Date {
  return () => {
    const answer: unknown = now()
    if (!isKeptDate(answer)) throw wrongAnswer('now', dateRule.replace('must be', 'must return'), kindOf(answer))
    // A copy, so that a clock that goes on with one Date does not change what was written with it.
    return ownDate(answer)
  }
}

/** @throws {InvalidOptionsError} when what was made is no id. */
export function checkedIds(newId: (what: { readonly kind: IdKind }) => string): (kind: IdKind) => string {
  return (kind) => {
    const answer: unknown = newId({ kind })
    if (typeof answer === 'string' && isId(answer)) return answer
    throw wrongAnswer('newId', `must return ${idRule}`, typeof answer === 'string' ? shown(answer) : kindOf(answer))
  }
}

/** No hash is in a message. @throws {InvalidOptionsError} */
export function checkedHasher(hasher: PasswordHasher): PasswordHasher {
  const max = limits.passwordHashLength
  return {
    async hash(password) {
      const answer: unknown = await hasher.hash(password)
      const isText = typeof answer === 'string' && answer.isWellFormed() && !answer.includes('\0')
      if (isText && answer !== '' && answer.length <= max) return answer
      throw wrongAnswer('passwords.hash', `must return a text of 1 to ${max} characters`, kindOf(answer))
    },
    async verify(hash, password) {
      const answer: unknown = await hasher.verify(hash, password)
      // Only these two: what is merely truthy lets nobody in.
      if (answer === true || answer === false) return answer
      throw wrongAnswer('passwords.verify', 'must return true or false', kindOf(answer))
    },
    needsRehash(hash) {
      const answer: unknown = hasher.needsRehash(hash)
      if (answer === true || answer === false) return answer
      throw wrongAnswer('passwords.needsRehash', 'must return true or false', kindOf(answer))
    },
  }
}

/** What a function must return that may refuse something. */
export const textOrNothing = 'must return undefined, or a text that says why not'

/** The error for a function of the host that returned what it must not. */
export function wrongAnswer(option: string, rule: string, answer: string): InvalidOptionsError {
  return new InvalidOptionsError(`createUsersService: ${option} ${rule}, and returned ${answer}`)
}

/**
 * What kind of value something is: its words may be a secret. Nobody waits for a promise where none was asked for, and what
 * it rejects with must not end the process.
 */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value)
  if (types.isPromise(value)) {
    value.catch(() => {})
    return 'a promise'
  }
  if (types.isDate(value)) return 'a Date that is out of range or no time'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'string') return value === '' ? 'an empty text' : `a text of ${value.length} characters`
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
