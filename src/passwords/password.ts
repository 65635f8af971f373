import * as v from 'valibot'
import { limits } from '../domain/limits.js'
import { hasAtLeast, hasAtMost } from '../domain/text.js'

const max = limits.passwordMaxLength

/** A password that somebody types to sign in: whatever could have been accepted under any policy. */
export const typedPasswordSchema = v.pipe(
  v.string('must be a string'),
  // First, and by length alone: the cost of a refusal must not grow with what was sent.
  v.check((password) => hasAtMost(password, max), `must have at most ${max} characters`),
  // The native hasher would read every lone surrogate as U+FFFD, so that different passwords would match.
  v.check((password) => password.isWellFormed(), 'must be well-formed Unicode'),
)

/** A password that is to be set. */
export function newPasswordSchema(minLength: number) {
  return v.pipe(
    typedPasswordSchema,
    v.check((password) => hasAtLeast(password, minLength), `must have at least ${minLength} characters`),
  )
}

/** One form for what keyboards spell in two ways (`é` as one code point or as two). Length is checked before. */
export function normalised(password: string): string {
  return password.normalize('NFC')
}
