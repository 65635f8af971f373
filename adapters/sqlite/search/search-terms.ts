export { gramLength, type Trigram, trigramsOf } from '../../sql/trigrams.js'

/** Asks FTS5 for what holds the text, character by character. */
export function holding(text: string): string {
  // Inside quotes nothing means anything but the quote.
  return `"${text.replaceAll('"', '""')}"`
}

export function holdingAll(texts: readonly string[]): string {
  return texts.map(holding).join(' AND ')
}

export function holdingAny(texts: readonly string[]): string {
  return texts.map(holding).join(' OR ')
}
