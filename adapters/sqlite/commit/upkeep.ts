import type { Change } from '../../../src/ports/storage.js'
import { run } from '../../sql/work.js'
import type { Runner } from '../driver/runner.js'
import type { SearchStatements } from '../search/search-statements.js'

/** What keeps a file quick while it is written to. */
export interface Upkeep {
  /** First in a transaction. */
  begun(): void
  /** In it, before the changes of each commit. */
  before(changes: readonly Change[]): void
  /** Last in it. */
  beforeCommit(): void
  /** After it. */
  afterCommit(): void
}

const leastPages = 4

/**
 * Has the users of a transaction enter the search index together where they are several, and merges the segments of the
 * index a little at a time: each transaction that changes users adds one, and FTS5's own way of merging them holds up a
 * commit for tens of milliseconds.
 */
export function createUpkeep(runner: Runner, statements: SearchStatements, afterCommit: () => void): Upkeep {
  let added = 0
  let isLater = false
  // One for each user that was changed: on its way into the largest segment an entry is written anew some ten times.
  let pages = 0
  return {
    begun() {
      added = 0
      isLater = false
    },
    before(changes) {
      const addedBefore = added
      for (const { op } of changes) {
        if (op === 'insertUser') added++
        if (op === 'insertUser' || op === 'replaceUser' || op === 'deleteUser') pages++
      }
      if (isLater || added === addedBefore || added === 1) return
      isLater = runner(run(statements.indexLater, {})) === 1
    },
    beforeCommit() {
      if (isLater) {
        runner(run(statements.indexTogether, {}))
        runner(run(statements.indexAtOnce, {}))
      }
      if (pages < leastPages) return
      const due = pages
      // First: where a merge fails, the next commits are to do without.
      pages = 0
      runner(run(statements.mergeIndex, { pages: due }))
    },
    afterCommit,
  }
}
