import { gramLength, type Trigram, trigramsOf } from '../../sql/trigrams.js'
import { shareOf, type UserSample } from './user-sample.js'

/** How the index is asked for a text of three characters or more. */
export interface SearchPlan {
  /** What to ask for, in the query language of FTS5. */
  readonly terms: string
  /** Whether whatever the index answers matches. Otherwise each answer has to be checked on its row. */
  readonly isExact: boolean
  /** How many users the lists of all trigrams of the text have, added up: what it would take to ask for the whole. */
  readonly listed: number
}

/** To check the row of a user takes as long as to read so many in the list of a trigram: some 4 µs and 15 ns. */
export const rowsWorth = 300

/** Matches are common when this share of the users match. */
const commonShare = 0.01
// What is common is still slow to find as a phrase of more trigrams than this.
const longestCommon = 10
// Lists of this many users in all are read in some 1 ms.
const shortLists = 60_000
const longestPart = 12
// How many users have one more trigram beside another. The two often come together, so it does not thin them out more.
const thinning = 0.15

// A phrase of so few trigrams is as quick.
const shortestDivided = 3
/** A trigram that fewer users have is rare: each of them can be looked up in the lists of other trigrams in some 1 ms. */
const rareUsers = 3000
// Asking for one more trigram takes as long as checking so many rows.
const trigramWorth = 10
// How many users have another trigram of the text, that does not overlap.
const furtherThinning = 0.05

/**
 * Plans a search. The whole text as one phrase is quick when matches are common, since soon there are enough, and when
 * it is short. It is slow when its trigrams are common and matches are not, which a text can be made for. Then the index
 * is asked for a part of the text, around the rarest trigram. Of a text with a rare trigram it is asked for that alone,
 * and for as many others as pay.
 */
export function planSearch(text: string, sample: UserSample): SearchPlan {
  const grams = trigramsOf(text)
  const users = grams.map((gram) => expectedUsers(gram, sample))
  const fewest = Math.min(...users)
  const listed = users.reduce((one, other) => one + other)
  if (grams.length > shortestDivided && fewest <= rareUsers) {
    return { terms: holdingAll(rarestApart(users).map((place) => grams[place] ?? '')), isExact: false, listed }
  }
  if (users.length <= longestCommon) {
    const isCommon = fewest >= commonShare * sample.lastUser && shareOf(text, sample) >= commonShare
    if (isCommon || listed <= shortLists) return { terms: holding(text), isExact: true, listed }
  }
  const [first, end] = rarestPart(users, users.indexOf(fewest))
  const isExact = end - first === users.length
  return { terms: holding([...text].slice(first, end + gramLength - 1).join('')), isExact, listed }
}

/** Chooses trigrams that do not overlap, the rarest first, while the next one saves more than it costs. */
function rarestApart(users: readonly number[]): readonly number[] {
  const chosen: number[] = []
  let found = Infinity
  for (const place of [...users.keys()].sort((one, other) => (users[one] ?? 0) - (users[other] ?? 0))) {
    if (found <= trigramWorth) break
    if (chosen.some((other) => Math.abs(other - place) < gramLength)) continue
    found = Math.min(found, users[place] ?? 0) * (chosen.length === 0 ? 1 : furtherThinning)
    chosen.push(place)
  }
  return chosen
}

/** Widens the part around the rarest trigram while that saves more than it costs. */
function rarestPart(users: readonly number[], rarest: number): readonly [first: number, end: number] {
  let [first, end] = [rarest, rarest + 1]
  let found = users[rarest] ?? 0
  let listed = found
  while (end - first < Math.min(longestPart, users.length)) {
    const [before, behind] = [users[first - 1] ?? Infinity, users[end] ?? Infinity]
    const rarer = Math.min(before, behind)
    listed += rarer
    if (listed > shortLists && rarer > found * rowsWorth) break
    if (before < behind) first--
    else end++
    found *= thinning
  }
  return [first, end]
}

/** How many users have a trigram, as far as the sample knows. */
function expectedUsers(gram: Trigram, { counts, size, lastUser }: UserSample): number {
  return (Math.max(counts.get(gram) ?? 0, 0.5) / Math.max(1, size)) * lastUser
}

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
