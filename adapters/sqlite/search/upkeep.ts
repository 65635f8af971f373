import type { Change } from '../../../src/ports/storage.js'
import { execute } from '../../sql/work.js'
import type { Runner } from '../driver/runner.js'
import type { SearchStatements } from './search-statements.js'

/** Keeps the search index fast while commits write to it. */
export interface Upkeep {
  /** Called first in a transaction. */
  begun(): void
  /** Called before the changes of each commit. */
  before(changes: readonly Change[]): void
  /** Called last in the transaction. */
  beforeCommit(): void
  /** Called after it. */
  afterCommit(): void
}

const leastPages = 4

/**
 * Indexes the new users of a transaction together, if there are several, and merges the segments of the index a little
 * at a time: each transaction that changes users adds one, and FTS5's own merges block a commit for tens of milliseconds.
 */
export function createUpkeep(runner: Runner, statements: SearchStatements, afterCommit: () => void): Upkeep {
  let added = 0
  let isDeferred = false
  // One for each changed user: on its way into the largest segment an entry is rewritten some ten times.
  let pages = 0
  return {
    begun() {
      added = 0
      isDeferred = false
    },
    before(changes) {
      const addedBefore = added
      for (const { op } of changes) {
        if (op === 'insertUser') added++
        if (op === 'insertUser' || op === 'replaceUser' || op === 'deleteUser') pages++
      }
      if (isDeferred || added === addedBefore || added === 1) return
      isDeferred = runner(execute(statements.deferIndexing, {})) === 1
    },
    beforeCommit() {
      if (isDeferred) {
        runner(execute(statements.indexDeferred, {}))
        runner(execute(statements.resumeIndexing, {}))
      }
      if (pages < leastPages) return
      const due = pages
      // Reset first: if the merge fails, the next commits go without one.
      pages = 0
      runner(execute(statements.mergeIndex, { pages: due }))
    },
    afterCommit,
  }
}
