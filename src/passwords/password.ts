import * as v from 'valibot'
import { limits } from '../domain/limits.js'
import { hasAtLeast, hasAtMost } from '../domain/text.js'

const max = limits.passwordMaxLength
const tooLong = `must have at most ${max} characters`
// NFC composes a character from at most four code points, each of one or two units.
const mostUnitsOfCharacter = 8

/** A password typed to sign in: whatever any policy could have accepted. */
export const typedPasswordSchema = v.pipe(
  v.string('must be a string'),
  // First, and by length alone: the cost of a refusal must not grow with the input.
  v.check((password) => password.length <= max * mostUnitsOfCharacter, tooLong),
  // Also as typed: earlier versions counted so, and a hash of another system may be of this spelling.
  v.check((password) => hasAtMost(password, max) || hasAtMost(normalised(password), max), tooLong),
  // The native hasher would read every lone surrogate as U+FFFD, so that different passwords would match.
  v.check((password) => password.isWellFormed(), 'must be well-formed Unicode'),
)

/** A new password. Its output is normalised: that form is counted, checked by policies, and hashed. */
export function newPasswordSchema(minLength: number) {
  return v.pipe(
    typedPasswordSchema,
    v.transform(normalised),
    v.check((password) => hasAtMost(password, max), tooLong),
    v.check((password) => hasAtLeast(password, minLength), `must have at least ${minLength} characters`),
  )
}

/** Normalises what keyboards spell in two ways (`é` as one code point or two). */
export function normalised(password: string): string {
  return password.normalize('NFC')
}
