/**
 * Functions of the host, called safely. Those that decide what is written have their results checked: nobody could
 * find, and so block, a user whose id is invalid. A wrong result fails the call by the name of the option, before
 * anything is written. (`describeClient` and `locate` only decide what is shown: see `describer.ts`.)
 */

import { types } from 'node:util'
import type { CommittedActivity } from '../../domain/activity.js'
import { copyOf } from '../../domain/copy-of.js'
import { type IdKind, idRule, isId } from '../../domain/ids.js'
import { copyOfDate, dateRule, isStorableDate } from '../../domain/input.js'
import { limits } from '../../domain/limits.js'
import { InvalidOptionsError } from '../../errors/index.js'
import { quoted } from '../../errors/users-error.js'
import type { Logger } from '../../ports/logger.js'
import type { PasswordHasher } from '../../ports/password-hasher.js'

/** @throws {InvalidOptionsError} when the clock returns an invalid time. */
export function checkedClock(now: () => Date): () => Date {
  return () => {
    const result: unknown = now()
    if (!isStorableDate(result)) throw wrongResult('now', dateRule.replace('must be', 'must return'), kindOf(result))
    // A copy, so that a clock that keeps moving one Date does not change what was written with it.
    return copyOfDate(result)
  }
}

/** @throws {InvalidOptionsError} when the generator returns an invalid id. */
export function checkedIds(newId: (what: { readonly kind: IdKind }) => string): (kind: IdKind) => string {
  return (kind) => {
    const result: unknown = newId({ kind })
    if (typeof result === 'string' && isId(result)) return result
    throw wrongResult('newId', `must return ${idRule}`, typeof result === 'string' ? quoted(result) : kindOf(result))
  }
}

/** Its messages never contain a hash. @throws {InvalidOptionsError} */
export function checkedHasher(hasher: PasswordHasher): PasswordHasher {
  const max = limits.passwordHashLength
  return {
    async hash(password) {
      const result: unknown = await hasher.hash(password)
      const isWellFormed = typeof result === 'string' && result.isWellFormed() && !result.includes('\0')
      if (isWellFormed && result !== '' && result.length <= max) return result
      throw wrongResult('passwords.hash', `must return a string of 1 to ${max} characters`, kindOf(result))
    },
    async verify(hash, password) {
      const result: unknown = await hasher.verify(hash, password)
      // Only these two: a value that is merely truthy must let nobody in.
      if (result === true || result === false) return result
      throw wrongResult('passwords.verify', 'must return true or false', kindOf(result))
    },
    needsRehash(hash) {
      const result: unknown = hasher.needsRehash(hash)
      if (result === true || result === false) return result
      throw wrongResult('passwords.needsRehash', 'must return true or false', kindOf(result))
    },
  }
}

/**
 * Returns the reason that a function of the host gives for a refusal, or `undefined` when it refuses nothing.
 *
 * @throws {InvalidOptionsError} when the result is neither.
 */
export function checkedReason(option: string, result: unknown): string | undefined {
  if (result === undefined || typeof result === 'string') return result
  throw wrongResult(option, 'must return undefined, or a string that says why not', kindOf(result))
}

function wrongResult(option: string, rule: string, result: string): InvalidOptionsError {
  return new InvalidOptionsError(`createUsersService: ${option} ${rule}, but returned ${result}`)
}

/**
 * Describes what kind of value something is, without its content, which may be a secret. A promise where none was
 * expected is never awaited, so its rejection must not end the process.
 */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value)
  if (types.isPromise(value)) {
    value.catch(() => {})
    return 'a promise'
  }
  if (types.isDate(value)) return 'a Date that is invalid or out of range'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'string') return value === '' ? 'an empty string' : `a string of ${value.length} characters`
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

type Listener = (entry: CommittedActivity) => void | Promise<void>

/** Returns a function that emits committed entries to the host's listener. The change stands even when that throws. */
export function createEmitter(listener: Listener | undefined, logger: Logger): (activity: CommittedActivity) => void {
  if (!listener) return () => {}
  const report = (error: unknown, event: string) =>
    logger.error({ err: error, event }, 'rollbook: onEvent threw; the change itself stands')
  return (activity) => {
    try {
      // A copy, so that a listener cannot change what the rest of the process uses.
      const result = listener(copyOf(activity))
      // A promise of another realm or library is not an instance of ours.
      Promise.resolve(result).catch((error: unknown) => report(error, activity.event))
    } catch (error) {
      report(error, activity.event)
    }
  }
}
