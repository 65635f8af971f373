import { run } from '../sql/work.js'
import type { Runner } from './runner.js'
import type { SearchStatements } from './search-statements.js'

/** What keeps a file quick while it is written to. */
export interface Upkeep {
  /** Inside the transaction, after its changes. */
  beforeCommit(): void
  /** After the transaction. */
  afterCommit(): void
}

const commitsPerMerge = 16

/**
 * Merges the segments of the search index a little at a time: each transaction adds one, and FTS5's own way of merging
 * them holds up a commit for tens of milliseconds.
 */
export function createUpkeep(runner: Runner, statements: SearchStatements, afterCommit: () => void): Upkeep {
  let commits = 0
  return {
    beforeCommit() {
      commits++
      if (commits % commitsPerMerge === 0) runner(run(statements.mergeIndex, {}))
    },
    afterCommit,
  }
}
