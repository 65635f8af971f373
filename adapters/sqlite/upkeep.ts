import type { Change } from '../../src/ports/storage.js'
import { run } from '../sql/work.js'
import type { Runner } from './runner.js'
import type { SearchStatements } from './search-statements.js'

/** What keeps a file quick while it is written to. */
export interface Upkeep {
  /** Inside the transaction, after a change. */
  applied(change: Change): void
  /** Inside the transaction, after all of its changes. */
  beforeCommit(): void
  /** After the transaction. */
  afterCommit(): void
}

const commitsPerMerge = 4
const pagesPerMerge = 4

/**
 * Merges the segments of the search index a little at a time: each transaction that changes users adds one, and FTS5's
 * own way of merging them holds up a commit for tens of milliseconds.
 */
export function createUpkeep(runner: Runner, statements: SearchStatements, afterCommit: () => void): Upkeep {
  let isIndexChanged = false
  let commits = 0
  return {
    applied({ op }) {
      isIndexChanged ||= op === 'insertUser' || op === 'replaceUser' || op === 'deleteUser'
    },
    beforeCommit() {
      if (isIndexChanged && ++commits % commitsPerMerge === 0)
        runner(run(statements.mergeIndex, { pages: pagesPerMerge }))
      isIndexChanged = false
    },
    afterCommit,
  }
}
