import { get, type Work } from '../sql/work.js'
import type { SearchStatements } from './search-statements.js'
import { trigramsOf } from './search-terms.js'

const sampleSize = 512

/** What some users are searched by. It is a hint only: on it depends how soon an answer comes, and never the answer. */
export interface UserSample {
  /** The last row number when the sample was taken. */
  readonly lastUser: number
  readonly texts: readonly string[]
  /** In how many of the texts a trigram is. */
  readonly counts: ReadonlyMap<string, number>
}

/** Looks at users spread evenly over the table, which takes some milliseconds. */
export function* takeSample(statements: SearchStatements, lastUser: number): Work<UserSample> {
  const texts: string[] = []
  const counts = new Map<string, number>()
  const step = Math.max(1, Math.floor(lastUser / sampleSize))
  for (let seq = 1; seq <= lastUser; seq += step) {
    const row = yield* get<{ search_text: string }>(statements.searchTextFrom, { seq })
    if (!row) break
    texts.push(row.search_text)
    for (const gram of new Set(trigramsOf(row.search_text))) counts.set(gram, (counts.get(gram) ?? 0) + 1)
  }
  return { lastUser, texts, counts }
}

/** Whether there are so many more users by now that other trigrams may be the rare ones. */
export function isOutgrown({ lastUser }: UserSample, lastUserNow: number): boolean {
  return lastUserNow > 2 * lastUser
}

/** The share of the sample that holds a text. */
export function shareOf(text: string, { texts }: UserSample): number {
  return texts.filter((one) => one.includes(text)).length / Math.max(1, texts.length)
}
