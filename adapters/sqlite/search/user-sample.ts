import { setImmediate as otherWork } from 'node:timers/promises'
import { addTrigrams, type TrigramCounts } from '../../sql/trigrams.js'
import { selectOne } from '../../sql/work.js'
import type { Runner } from '../driver/runner.js'
import type { SearchStatements } from './search-statements.js'

const sampleSize = 2048
// Every fourth text is kept: each search goes through all of those to estimate a share.
const textsOutOf = 4
// These are read in some 2 ms when nothing is cached yet.
const atOnce = 64

/** The search texts of some users. A hint only: how soon a search ends depends on it, but never what it finds. */
export interface UserSample {
  /** The last row number when the sample was taken. */
  readonly lastUser: number
  /** How many users were looked at. */
  readonly size: number
  /** The texts of some of them. */
  readonly texts: readonly string[]
  readonly counts: TrigramCounts
}

export const emptySample: UserSample = { lastUser: 0, size: 0, texts: [], counts: new Map() }

/** Looks at users spread evenly over the table. */
export async function takeSample(run: Runner, statements: SearchStatements, lastUser: number): Promise<UserSample> {
  const texts: string[] = []
  let size = 0
  const counts = new Map<string, number>()
  const step = Math.max(1, Math.floor(lastUser / sampleSize))
  for (let seq = 1; seq <= lastUser; seq += step) {
    const row = run(selectOne<{ search_text: string }>(statements.searchTextFrom, { seq }))
    if (!row) break
    addTrigrams(counts, row.search_text)
    if (size % textsOutOf === 0) texts.push(row.search_text)
    if (++size % atOnce === 0) await otherWork()
  }
  return { lastUser, size, texts, counts }
}

/** Returns whether there are so many more users by now that other trigrams may be the rare ones. */
export function isOutgrown({ lastUser }: UserSample, lastUserNow: number): boolean {
  return lastUserNow > 2 * lastUser
}

/** Returns the share of users whose search text contains a text. */
export function shareOf(text: string, { texts }: UserSample): number {
  return texts.filter((one) => one.includes(text)).length / Math.max(1, texts.length)
}
