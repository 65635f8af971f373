import { setImmediate as otherWork } from 'node:timers/promises'
import { selectAll } from '../../sql/work.js'
import type { Runner } from '../driver/runner.js'
import { exactMatches, type Matches, type MatchRange, noMatches, scannedMatches } from './matches.js'
import { holdingAny } from './search-plan.js'
import type { SearchStatements } from './search-statements.js'

// These are read in some 1 ms and some 5 ms.
const nearRows = 2048
const fewRows = 12_288

const gramsAtOnce = 64
// Listing a trigram takes some 20 ns for each user who has it, and a query with it some microseconds more.
const mostListed = 400_000
const mostGrams = 512

/**
 * Finds one or two characters, which are too short for the index. Common ones are found within a few rows. For rare ones it
 * searches the index for all trigrams that begin with them.
 */
export function shortTermMatches(run: Runner, statements: SearchStatements, match: string, lastUser: number): Matches {
  const scanned = scannedMatches(run, statements, match, lastUser)
  let indexed: Promise<Matches> | undefined
  let share = 0

  function rareMatches(): Promise<Matches> {
    indexed ??= gramsFrom(run, statements, match).then((grams) => {
      if (!grams) return scanned
      return grams.length === 0 ? noMatches : exactMatches(run, statements, holdingAny(grams))
    })
    return indexed
  }

  return {
    async find(range) {
      const near = nearSpan(range, lastUser)
      const wanted = range.offset + range.most
      const found = run(selectAll<{ seq: number }>(statements.scanned[range.order], { match, ...near, most: wanted }))
      const last = found[wanted - 1]
      if (!last) return (lastUser <= fewRows ? scanned : await rareMatches()).find(range)
      share = wanted / (Math.abs(last.seq - (range.order === 'oldest-first' ? near.from : near.to)) + 1)
      return found.slice(range.offset).map(({ seq }) => seq)
    },
    async count(most) {
      const isSoonScanned = Math.min(lastUser, most / share) <= fewRows
      return (isSoonScanned ? scanned : await rareMatches()).count(most)
    },
  }
}

function nearSpan({ order, after }: MatchRange, lastUser: number) {
  if (order === 'oldest-first') return { from: after + 1, to: after + nearRows }
  const to = Math.min(after - 1, lastUser)
  return { from: to - nearRows + 1, to }
}

/** Lists the trigrams that begin with a text. Returns `undefined` when there are so many that reading rows is quicker. */
async function gramsFrom(run: Runner, statements: SearchStatements, text: string): Promise<string[] | undefined> {
  const grams: string[] = []
  // Greater than any trigram that begins with the text.
  const end = text + '\u{10ffff}'.repeat(3)
  let first = text
  let listed = 0
  for (;;) {
    const args = { first, end, most: gramsAtOnce + 1 }
    const chunk = run(selectAll<{ term: string; doc: number }>(statements.gramsFrom, args))
    const next = chunk[gramsAtOnce]
    for (const { term, doc } of chunk.slice(0, gramsAtOnce)) {
      grams.push(term)
      listed += doc
    }
    if (!next) return grams
    if (listed > mostListed || grams.length >= mostGrams) return undefined
    first = next.term
    await otherWork()
  }
}
