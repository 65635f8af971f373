import * as v from 'valibot'
import { limits } from './limits.js'
import { storableText } from './text.js'

/** The version of {@link fold}. A storage keeps it, so that a later rule can tell which texts to make anew. */
export const foldVersion = 2

// Letters that NFKD leaves whole although readers take them for their plain form.
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

// Marks are accents and points here, which readers leave out. In other scripts they are vowels, or make other letters.
const accents = /(?<=(?=\p{L})[\p{scx=Latin}\p{scx=Greek}\p{scx=Cyrillic}\p{scx=Hebrew}\p{scx=Arabic}])\p{M}+/gu
// The same marks where the letter was not typed. Vowel signs of other scripts are typed for themselves.
const firstAccents =
  /^(?:(?=\p{M})[\p{sc=Inherited}\p{scx=Latin}\p{scx=Greek}\p{scx=Cyrillic}\p{scx=Hebrew}\p{scx=Arabic}])+/u
// What nobody sees: joiners, soft hyphens, marks of direction, choices between glyphs, and the line that only widens a
// word of Arabic.
const unseen = /[\p{Default_Ignorable_Code_Point}\u0640]/gu
const beyondHangul = /[^\u1100-\u11ff]+/g

/**
 * Takes case, accents and what nobody sees out of a text, the same way in every storage. Other marks stay, and with their letters make one
 * character again where there is one: `た` is no part of `だ`. A syllable of Hangul stays apart, so that one that is just
 * being typed is a part of it.
 */
export function fold(text: string): string {
  // Printable ASCII, which most names and all ids are, has no accents to lose.
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

/** The text in which a user is searched: a line each for name, email and id, so that no match spans two of them. */
export function searchText(user: { readonly name: string; readonly email: string; readonly id: string }): string {
  return `${fold(user.name)}\n${fold(user.email)}\n${fold(user.id)}`
}

/** A search as a caller gives it. */
export const searchSchema = v.pipe(
  storableText(limits.searchLength),
  v.check((term) => !/[\r\n]/.test(term), 'must be on one line'),
)
