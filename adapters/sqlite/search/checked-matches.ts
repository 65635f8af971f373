import { setImmediate as otherWork } from 'node:timers/promises'
import { get } from '../../sql/work.js'
import type { Runner } from '../driver/runner.js'
import { exactMatches } from './exact-matches.js'
import { type MatchBatch, type Matches, matchesOf } from './matches.js'
import { rowsWorth, type SearchPlan } from './search-plan.js'
import type { SearchStatements } from './search-statements.js'
import { holding } from './search-terms.js'

const firstBatch = 32
// Their rows are read in some 3 ms.
const largestBatch = 1024

type CheckedBatch = MatchBatch & { candidates: number; last: number }

/** Asks the index for parts of the text, and checks the row of each user that it answers. */
export function checkedMatches(run: Runner, statements: SearchStatements, match: string, plan: SearchPlan): Matches {
  const { terms } = plan
  const checked = matchesOf(async function* (order, start) {
    let after = start
    for (let most = firstBatch; ; most = Math.min(largestBatch, most * 8)) {
      const args = { terms, match, after, most }
      const batch = run(get<CheckedBatch>(statements.candidates[order], args))
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
