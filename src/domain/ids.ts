import { customAlphabet } from 'nanoid'
import * as v from 'valibot'
import { limits } from './limits.js'

/** The format of an id, of up to `limits.idLength` characters. */
export const idPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,35}$/
const randomTail = customAlphabet('0123456789abcdefghijklmnopqrstuvwxyz', 12)

/** Regenerations on collision. Running out means a broken clock or generator. */
export const idTries = 5

/** What an id is generated for. */
export type IdKind = 'user' | 'session' | 'activity'

/** The rule for an id, in words. */
export const idRule = `1 to ${limits.idLength} of A-Z a-z 0-9 . _ -, the first a letter or digit`

/** An id that a caller chose for a new user. */
export const newIdSchema = v.pipe(v.string('must be a string'), v.check(isId, `must be ${idRule}`))

/** Returns whether a string can be an id. Any other need not be looked up. */
export function isId(text: string): boolean {
  return idPattern.test(text)
}

/**
 * Generates an id of 20 characters of `0-9a-z`: 8 for the millisecond (enough until the year 2059), so that ids sort by
 * time and an index grows at its end, and 12 random ones (62 bits). It is unique, and not a secret.
 */
export function timeOrderedId(now: Date): string {
  const milliseconds = Math.max(0, now.getTime()) % 36 ** 8
  return milliseconds.toString(36).padStart(8, '0') + randomTail()
}
