/** The length in characters of what a search index holds: shorter texts are not in it. */
export const gramLength = 3

/** Three characters in a row. */
export type Trigram = string

/** Returns the trigrams of a text in order, each as often as it occurs. */
export function trigramsOf(text: string): Trigram[] {
  const characters = [...text]
  const grams: Trigram[] = []
  for (let end = gramLength; end <= characters.length; end++) {
    grams.push(characters.slice(end - gramLength, end).join(''))
  }
  return grams
}

/**
 * In how many texts of a sample each trigram occurs. It estimates how rare a trigram is: how soon a search ends depends
 * on it, but never what the search finds.
 */
export type TrigramCounts = ReadonlyMap<Trigram, number>

/** Counts the trigrams of a sample. */
export function countTrigrams(texts: readonly string[]): TrigramCounts {
  const counts = new Map<Trigram, number>()
  for (const text of texts) addTrigrams(counts, text)
  return counts
}

/** Adds a text to counts. */
export function addTrigrams(counts: Map<Trigram, number>, text: string): void {
  for (const gram of new Set(trigramsOf(text))) counts.set(gram, (counts.get(gram) ?? 0) + 1)
}
