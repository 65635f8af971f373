import * as v from 'valibot'
import { limits } from './limits.js'
import { storableText } from './text.js'

/** The version of {@link fold}. A storage keeps it, to know what to fold again after the rule changed. */
export const foldVersion = 2

// Letters that NFKD does not decompose although readers take them for their plain form.
const plainForms = new Map([
  ['ς', 'σ'],
  ['ı', 'i'],
  ['ł', 'l'],
  ['ø', 'o'],
  ['đ', 'd'],
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
])

// In these scripts marks are accents and points, which readers omit. In others they are vowels or make other letters.
const accents = /(?<=(?=\p{L})[\p{scx=Latin}\p{scx=Greek}\p{scx=Cyrillic}\p{scx=Hebrew}\p{scx=Arabic}])\p{M}+/gu
// The same marks at the start, without their letter. Vowel signs of other scripts are typed by themselves.
const firstAccents =
  /^(?:(?=\p{M})[\p{sc=Inherited}\p{scx=Latin}\p{scx=Greek}\p{scx=Cyrillic}\p{scx=Hebrew}\p{scx=Arabic}])+/u
// Invisible characters: joiners, soft hyphens, direction marks, variation selectors, and the line that only stretches
// an Arabic word.
const unseen = /[\p{Default_Ignorable_Code_Point}\u0640]/gu
const beyondHangul = /[^\u1100-\u11ff]+/g

/**
 * Removes case, accents and invisible characters from a text, the same way for every storage. Other marks are kept and
 * composed with their letters: `た` is not part of `だ`. Hangul syllables stay decomposed, so that a syllable still being
 * typed matches.
 */
export function fold(text: string): string {
  // Printable ASCII, as most names and all ids are, has no accents.
  if (/^[ -~]*$/.test(text)) return text.toLowerCase()
  return text
    .normalize('NFKD')
    .replaceAll(unseen, '')
    .replaceAll(accents, '')
    .replace(firstAccents, '')
    .toLowerCase()
    .replaceAll(/[ςıłøđßæœ]/g, (letter) => plainForms.get(letter) ?? letter)
    .replaceAll(beyondHangul, (part) => part.normalize('NFC'))
}

/** Returns the text that searches look in: name, email and id on a line each, so that no match spans two of them. */
export function searchText(user: { readonly name: string; readonly email: string; readonly id: string }): string {
  return `${fold(user.name)}\n${fold(user.email)}\n${fold(user.id)}`
}

/** A search as a caller gives it. */
export const searchSchema = v.pipe(
  storableText(limits.searchLength),
  v.check((term) => !/[\r\n]/.test(term), 'must be on one line'),
)
