/** How many characters in a row a search index knows: shorter texts are not in it. */
export const gramLength = 3

/** Three characters in a row. */
export type Trigram = string

/** Returns the trigrams of a text in order, each as often as it is there. */
export function trigramsOf(text: string): Trigram[] {
  const characters = [...text]
  const grams: Trigram[] = []
  for (let end = gramLength; end <= characters.length; end++) {
    grams.push(characters.slice(end - gramLength, end).join(''))
  }
  return grams
}
