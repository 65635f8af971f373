import * as v from 'valibot'
import { limits } from './limits.js'
import { storableText } from './text.js'

/** The version of {@link fold}. A storage keeps it, so that a later rule can tell which texts to make anew. */
export const foldVersion = 1

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

/** Takes case and accents out of a text, the same way in every storage. */
export function fold(text: string): string {
  // Printable ASCII, which most names and all ids are, has no accents to lose.
  if (/^[ -~]*$/.test(text)) return text.toLowerCase()
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[ςıłøđßæœ]/g, (letter) => plainForms.get(letter) ?? letter)
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
