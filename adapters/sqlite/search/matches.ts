import type { UserOrder } from '../../../src/domain/page.js'
import { listStart } from '../../sql/page-of-rows.js'

/** A part of the matches of a search. */
export interface MatchRange {
  readonly order: UserOrder
  /** The row number after which to look, in the direction of the order. */
  readonly after: number
  /** Matches to skip. */
  readonly offset: number
  readonly most: number
}

/** The users that match a text, found in one way or another. */
export interface Matches {
  /** Returns the row numbers of matches, in order. */
  find(range: MatchRange): Promise<readonly number[]>
  /** Counts matches, but no more than `most`. */
  count(most: number): Promise<number>
}

export const noMatches: Matches = { find: async () => [], count: async () => 0 }

/** Some matches next to each other. */
export interface MatchBatch {
  readonly matches: number
  /** Their row numbers, as JSON. */
  readonly seqs: string
}

/** Walks over matches in batches: each a short piece of work, with room for other work between them. */
export type MatchWalk = (order: UserOrder, after: number) => AsyncIterable<MatchBatch>

export function matchesOf(walk: MatchWalk): Matches {
  return {
    async find({ order, after, offset, most }) {
      const found: number[] = []
      let toSkip = offset
      for await (const { matches, seqs } of walk(order, after)) {
        // Written by the database, of its own numbers.
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
