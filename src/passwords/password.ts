import * as v from 'valibot'
import { limits } from '../domain/limits.js'
import { hasAtLeast, hasAtMost } from '../domain/text.js'

const max = limits.passwordMaxLength
const tooLong = `must have at most ${max} characters`
// Of NFC, which spells a character in another form with four code points at most, each of one or two units.
const mostUnitsOfCharacter = 8

/** A password that somebody types to sign in: whatever could have been accepted under any policy. */
export const typedPasswordSchema = v.pipe(
  v.string('must be a string'),
  // First, and by length alone: the cost of a refusal must not grow with what was sent.
  v.check((password) => password.length <= max * mostUnitsOfCharacter, tooLong),
  // As typed, too: so did earlier versions count, and a hash of another system may be of this spelling.
  v.check((password) => hasAtMost(password, max) || hasAtMost(normalised(password), max), tooLong),
  // The native hasher would read every lone surrogate as U+FFFD, so that different passwords would match.
  v.check((password) => password.isWellFormed(), 'must be well-formed Unicode'),
)

/** A password that is to be set. It comes out in the form that is counted, refused by policies, and hashed. */
export function newPasswordSchema(minLength: number) {
  return v.pipe(
    typedPasswordSchema,
    v.transform(normalised),
    v.check((password) => hasAtMost(password, max), tooLong),
    v.check((password) => hasAtLeast(password, minLength), `must have at least ${minLength} characters`),
  )
}

/** One form for what keyboards spell in two ways (`é` as one code point or as two). */
export function normalised(password: string): string {
  return password.normalize('NFC')
}
