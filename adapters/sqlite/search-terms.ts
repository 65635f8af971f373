/** How many characters in a row the search index knows: shorter texts are not in it. */
export const gramLength = 3

/** Three characters in a row. */
export type Trigram = string

/** Answers the trigrams of a text in order, each as often as it is there. */
export function trigramsOf(text: string): Trigram[] {
  const characters = [...text]
  const grams: Trigram[] = []
  for (let end = gramLength; end <= characters.length; end++) {
    grams.push(characters.slice(end - gramLength, end).join(''))
  }
  return grams
}

/** Asks FTS5 for what holds the text, character by character. */
export function holding(text: string): string {
  // Inside quotes nothing means anything but the quote.
  return `"${text.replaceAll('"', '""')}"`
}

export function holdingAny(texts: readonly string[]): string {
  return texts.map(holding).join(' OR ')
}
