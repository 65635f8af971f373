import { gramLength, type Trigram, trigramsOf } from '../../sql/trigrams.js'
import { shareOf, type UserSample } from './user-sample.js'

/** How to search the index for a text of three characters or more. */
export interface SearchPlan {
  /** The query, in the language of FTS5. */
  readonly terms: string
  /** Whether everything that the index returns matches. Otherwise the row of each user has to be checked. */
  readonly isExact: boolean
  /** How many users all trigrams of the text have, added up: the cost of searching for the whole text. */
  readonly listed: number
}

/** Checking the row of a user takes as long as reading so many users of a trigram: some 4 µs, and 15 ns each. */
export const rowsWorth = 300

/** Matches are common when this share of the users match. */
const commonShare = 0.01
// A phrase of more trigrams is slow even when it is common.
const longestCommon = 10
// So many users of trigrams are read in some 1 ms.
const shortLists = 60_000
const longestPart = 12
// The share of users of a trigram who also have its neighbour. The two often come together, so it is not smaller.
const thinning = 0.15

// A phrase of so few trigrams is quick enough.
const shortestDivided = 3
/** A trigram of fewer users is rare: all of them are looked up among the users of another trigram in some 1 ms. */
const rareUsers = 3000
// One more trigram in the query costs as much as checking so many rows.
const trigramWorth = 10
// The share of users of a trigram who also have one of the text that does not overlap it.
const furtherThinning = 0.05

/**
 * Plans a search. The whole text as one phrase is quick when it is short, and when matches are so common that enough are
 * found soon. It is slow when its trigrams are common but matches are not, and an attacker can choose such a text. Then the
 * query is a part of the text, around the rarest trigram. For a text with a rare trigram it is that trigram, and as many
 * others as save more than they cost.
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

/** Estimates from the sample how many users have a trigram. */
function expectedUsers(gram: Trigram, { counts, size, lastUser }: UserSample): number {
  return (Math.max(counts.get(gram) ?? 0, 0.5) / Math.max(1, size)) * lastUser
}

/** Returns a query of FTS5 for texts that contain this one, character by character. */
export function holding(text: string): string {
  // Inside quotes only the quote is special.
  return `"${text.replaceAll('"', '""')}"`
}

export function holdingAll(texts: readonly string[]): string {
  return texts.map(holding).join(' AND ')
}

export function holdingAny(texts: readonly string[]): string {
  return texts.map(holding).join(' OR ')
}
