import { type Part, partsOf } from './regex-parts.js'

/** A text that grows: a piece again and again, between a beginning and an end. */
export interface Growing {
  readonly start: string
  readonly piece: string
  readonly end: string
}

/** Letters of every kind that a pattern may tell apart. */
const alphabet = [...'aZb05_ -.,:;/()@+%$=*\'"|&?#!~^<>[]{}\\\t\n\r\u001b\u2028é🦊']
const ends = ['', '\0', '!', 'a', '\n']
/** How often a part that may be repeated stands in a text that only leads to the next part. */
const few = 1

/** Makes texts out of a pattern's own parts that lead it into every repetition, and then fail or go on. */
export function attacksOn({ source, flags }: RegExp): Growing[] {
  const letters = [...new Set([...alphabet, ...source.replaceAll(/\\[a-zA-Z]|[^\w ]/g, '')])]
  const singles = new Map<string, readonly string[]>()

  /** The letters that this part takes, at most four. */
  function lettersOf(part: Part): readonly string[] {
    const known = singles.get(part.source)
    if (known) return known
    const taking = new RegExp(`^(?:${part.source})$`, flags.replace(/[gy]/g, ''))
    const found = [...letters, part.source.replace(/^\\/, '')].filter((letter) => taking.test(letter)).slice(0, 4)
    singles.set(part.source, found)
    return found
  }

  function sample(part: Part): string {
    if (part.isAssertion) return ''
    const once = part.alternatives ? (part.alternatives[0] ?? []).map(sample).join('') : (lettersOf(part)[0] ?? '')
    return once.repeat(Math.max(part.min, few))
  }

  const pieces = new Map<string, Growing>()
  const add = (start: string, piece: string) => {
    if (piece === '') return
    for (const end of ends) {
      for (const growing of [
        { start, piece, end },
        { start: '', piece: start + piece, end },
      ]) {
        pieces.set(JSON.stringify(growing), growing)
      }
    }
  }

  /** Walks along a row of parts, and answers what leads behind it. */
  function walk(row: readonly Part[], before: string): string {
    let lead = before
    for (const part of row) {
      if (part.max > 1 && !part.isAssertion) {
        for (const letter of part.alternatives ? [] : lettersOf(part)) add(lead, letter)
        for (const inner of part.alternatives ?? []) add(lead, inner.map(sample).join(''))
      }
      for (const inner of part.alternatives ?? []) walk(inner, lead)
      lead += sample(part)
    }
    add('', lead)
    return lead
  }

  for (const row of partsOf(source)) walk(row, '')
  for (const letter of letters) add('', letter)
  return [...pieces.values()]
}

/** A text of an attack, of about this many characters. */
export function grown({ start, piece, end }: Growing, length: number): string {
  return start + piece.repeat(Math.max(1, Math.floor(length / piece.length))) + end
}
