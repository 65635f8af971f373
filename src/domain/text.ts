import * as v from 'valibot'

// Control characters, line and paragraph separators, and direction marks.
const unprintable = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u
const allUnprintable = new RegExp(unprintable, 'gu')

/** Returns whether a text has at most this many code points. Counts them only when its length does not decide. */
export function hasAtMost(text: string, max: number): boolean {
  if (text.length <= max) return true
  return text.length <= max * 2 && codePoints(text) <= max
}

/** Returns whether a text has at least this many code points. */
export function hasAtLeast(text: string, min: number): boolean {
  return !hasAtMost(text, min - 1)
}

function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}

/**
 * A string that every storage keeps unchanged: no lone surrogate (SQLite and PostgreSQL would store U+FFFD)
 * and no NUL (PostgreSQL refuses it).
 */
export function storableText(max: number) {
  return v.pipe(
    v.string('must be a string'),
    v.check((text) => hasAtMost(text, max), `must have at most ${max} characters`),
    v.check((text) => text.isWellFormed(), 'must be well-formed Unicode'),
    v.check((text) => !text.includes('\0'), 'must not contain U+0000'),
  )
}

/** A storable string on one line, without control characters or direction marks. */
export function lineOfText(max: number) {
  return v.pipe(
    storableText(max),
    v.check((text) => !unprintable.test(text), 'must not contain control or direction characters'),
  )
}

/** Turns any text into one short printable line. Never fails. */
export function cleanLine(text: string, max: number): string {
  return text.slice(0, max).toWellFormed().replaceAll(allUnprintable, ' ')
}
