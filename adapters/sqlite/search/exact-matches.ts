import { all, get } from '../../sql/work.js'
import type { Runner } from '../driver/runner.js'
import type { Matches } from './matches.js'
import type { SearchStatements } from './search-statements.js'

/** Takes what the index answers for what matches. `terms` is in the query language of FTS5. */
export function exactMatches(run: Runner, statements: SearchStatements, terms: string): Matches {
  return {
    async find({ order, ...range }) {
      return run(all<{ seq: number }>(statements.indexed[order], { terms, ...range })).map(({ seq }) => seq)
    },
    async count(most) {
      return run(get<{ count: number }>(statements.countIndexed, { terms, most }))?.count ?? 0
    },
  }
}
