import { setImmediate as otherWork } from 'node:timers/promises'
import { get } from '../../sql/work.js'
import type { Runner } from '../driver/runner.js'
import { type MatchBatch, type Matches, matchesOf } from './matches.js'
import type { SearchStatements } from './search-statements.js'

// Read in some 1.5 ms.
const width = 4096

/** Reads row by row, without the index: for what is so common that it is soon met, and for few users. */
export function scannedMatches(run: Runner, statements: SearchStatements, match: string, lastUser: number): Matches {
  return matchesOf(async function* (order, after) {
    let [from, to] = order === 'oldest-first' ? [after + 1, lastUser] : [1, Math.min(after - 1, lastUser)]
    while (from <= to) {
      const span = order === 'oldest-first' ? { from, to: from + width - 1 } : { from: to - width + 1, to }
      yield run(get<MatchBatch>(statements.scannedBatch, { match, ...span })) ?? { matches: 0, seqs: '[]' }
      if (order === 'oldest-first') from += width
      else to -= width
      await otherWork()
    }
  })
}
