import { setImmediate as otherWork } from 'node:timers/promises'
import type { UserOrder } from '../../../src/domain/page.js'
import { listStart } from '../../sql/page-of-rows.js'
import { selectAll, selectOne } from '../../sql/work.js'
import type { Runner } from '../driver/runner.js'
import { holding, rowsWorth, type SearchPlan } from './search-plan.js'
import type { SearchStatements } from './search-statements.js'

/** A part of the matches of a search. */
export interface MatchRange {
  readonly order: UserOrder
  /** The row number after which to look, in the direction of the order. */
  readonly after: number
  /** How many matches to skip. */
  readonly offset: number
  readonly most: number
}

/** The users who match a text, in one way of finding them. */
export interface Matches {
  /** Returns the row numbers of matches, in order. */
  find(range: MatchRange): Promise<readonly number[]>
  /** Counts matches, but no more than `most`. */
  count(most: number): Promise<number>
}

export const noMatches: Matches = { find: async () => [], count: async () => 0 }

/** A batch of matches that follow each other. */
export interface MatchBatch {
  readonly matches: number
  /** Their row numbers, as JSON. */
  readonly seqs: string
}

/** Walks over matches in short batches, so that other work gets in between. */
export type MatchWalk = (order: UserOrder, after: number) => AsyncIterable<MatchBatch>

export function matchesOf(walk: MatchWalk): Matches {
  return {
    async find({ order, after, offset, most }) {
      const found: number[] = []
      let toSkip = offset
      for await (const { matches, seqs } of walk(order, after)) {
        // The database has written this list of row numbers.
        if (matches > toSkip) found.push(...inOrder(JSON.parse(seqs) as number[], order).slice(toSkip))
        toSkip = Math.max(0, toSkip - matches)
        if (found.length >= most) break
      }
      return found.slice(0, most)
    },
    async count(most) {
      let counted = 0
      for await (const { matches } of walk('oldest-first', listStart['oldest-first'])) {
        counted += matches
        if (counted >= most) break
      }
      return Math.min(counted, most)
    },
  }
}

function inOrder(seqs: readonly number[], order: UserOrder): readonly number[] {
  return seqs.toSorted((one, other) => (order === 'oldest-first' ? one - other : other - one))
}

/** Takes everything that the index returns as a match. `terms` is a query of FTS5. */
export function exactMatches(run: Runner, statements: SearchStatements, terms: string): Matches {
  return {
    async find({ order, ...range }) {
      return run(selectAll<{ seq: number }>(statements.indexed[order], { terms, ...range })).map(({ seq }) => seq)
    },
    async count(most) {
      return run(selectOne<{ count: number }>(statements.countIndexed, { terms, most }))?.count ?? 0
    },
  }
}

// These are read in some 1.5 ms.
const width = 4096

/** Reads row by row, without the index: for a text so common that matches come soon, and for few users. */
export function scannedMatches(run: Runner, statements: SearchStatements, match: string, lastUser: number): Matches {
  return matchesOf(async function* (order, after) {
    let [from, to] = order === 'oldest-first' ? [after + 1, lastUser] : [1, Math.min(after - 1, lastUser)]
    while (from <= to) {
      const span = order === 'oldest-first' ? { from, to: from + width - 1 } : { from: to - width + 1, to }
      yield run(selectOne<MatchBatch>(statements.scannedBatch, { match, ...span })) ?? { matches: 0, seqs: '[]' }
      if (order === 'oldest-first') from += width
      else to -= width
      await otherWork()
    }
  })
}

const firstBatch = 32
// The rows of these are read in some 3 ms.
const largestBatch = 1024

type CheckedBatch = MatchBatch & { candidates: number; last: number }

/** Searches the index for parts of the text, and checks the row of each user that it returns. */
export function checkedMatches(run: Runner, statements: SearchStatements, match: string, plan: SearchPlan): Matches {
  const { terms } = plan
  const checked = matchesOf(async function* (order, start) {
    let after = start
    for (let most = firstBatch; ; most = Math.min(largestBatch, most * 8)) {
      const args = { terms, match, after, most }
      const batch = run(selectOne<CheckedBatch>(statements.candidates[order], args))
      if (!batch) return
      yield batch
      if (batch.candidates < most) return
      after = batch.last
      if (most === largestBatch) await otherWork()
    }
  })
  return {
    find: checked.find,
    async count(most) {
      const toCheck = await exactMatches(run, statements, terms).count(most)
      return (toCheck * rowsWorth < plan.listed ? checked : exactMatches(run, statements, holding(match))).count(most)
    },
  }
}
