import { setImmediate as otherWork } from 'node:timers/promises'
import { trigramsOf } from '../../sql/trigrams.js'
import { get } from '../../sql/work.js'
import type { Runner } from '../driver/runner.js'
import type { SearchStatements } from './search-statements.js'

const sampleSize = 2048
// A share is worked out anew for each search, so of fewer texts.
const textsOutOf = 4
// Read in some 2 ms, when nothing is in memory yet.
const atOnce = 64

/** What some users are searched by. It is a hint only: on it depends how soon an answer comes, and never the answer. */
export interface UserSample {
  /** The last row number when the sample was taken. */
  readonly lastUser: number
  /** How many users were looked at. */
  readonly size: number
  /** The texts of some of them. */
  readonly texts: readonly string[]
  /** In how many of the users a trigram is. */
  readonly counts: ReadonlyMap<string, number>
}

export const emptySample: UserSample = { lastUser: 0, size: 0, texts: [], counts: new Map() }

/** Looks at users spread evenly over the table. */
export async function takeSample(run: Runner, statements: SearchStatements, lastUser: number): Promise<UserSample> {
  const texts: string[] = []
  let size = 0
  const counts = new Map<string, number>()
  const step = Math.max(1, Math.floor(lastUser / sampleSize))
  for (let seq = 1; seq <= lastUser; seq += step) {
    const row = run(get<{ search_text: string }>(statements.searchTextFrom, { seq }))
    if (!row) break
    for (const gram of new Set(trigramsOf(row.search_text))) counts.set(gram, (counts.get(gram) ?? 0) + 1)
    if (size % textsOutOf === 0) texts.push(row.search_text)
    if (++size % atOnce === 0) await otherWork()
  }
  return { lastUser, size, texts, counts }
}

/** Whether there are so many more users by now that other trigrams may be the rare ones. */
export function isOutgrown({ lastUser }: UserSample, lastUserNow: number): boolean {
  return lastUserNow > 2 * lastUser
}

/** The share of the users that hold a text. */
export function shareOf(text: string, { texts }: UserSample): number {
  return texts.filter((one) => one.includes(text)).length / Math.max(1, texts.length)
}
