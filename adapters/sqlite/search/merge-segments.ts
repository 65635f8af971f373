import { run, type Work } from '../../sql/work.js'
import { rowsWritten } from '../driver/rows-written.js'
import type { SearchStatements } from './search-statements.js'

/** FTS5's own default. */
const leastInCommit = 4
const leastInSweep = 2
// What a step writes anyway, so that a small index is done with in one.
const leastPages = 32
// Meanwhile nobody else writes: at most for some 60 ms, and with 256 pages for some 100.
const mostPages = 64

/**
 * Merges segments of the search index that are of one size, while there are two of them: the merges of the commits leave
 * up to three. A search looks into every segment. To be done in a transaction. Returns whether nothing is left to merge.
 *
 * An index that a version before this one wrote is merged as a whole, once: until then it holds what was deleted.
 *
 * @param pages How many to write, about, within bounds of its own.
 */
export function* mergeSegments(statements: SearchStatements, pages: number): Work<boolean> {
  yield* run(statements.mergeFrom, { segments: leastInSweep })
  let before = yield* rowsWritten()
  let isDone = false
  let sign = (yield* run(statements.beginErasingIndex, {})) > 0 ? -1 : 1
  for (let left = Math.min(mostPages, Math.max(leastPages, pages)); left > 0 && !isDone; ) {
    // A negative number makes all segments one merge, which those after it go on with.
    yield* run(statements.mergeIndex, { pages: sign * left })
    sign = 1
    const after = yield* rowsWritten()
    // FTS5 tells in this way alone that there was nothing to do.
    isDone = after - before < 2
    left -= after - before
    before = after
  }
  yield* run(statements.mergeFrom, { segments: leastInCommit })
  if (isDone) yield* run(statements.indexErased, {})
  return isDone
}
