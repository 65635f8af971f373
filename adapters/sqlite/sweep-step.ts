import type { SweepRequest, SweepResult } from '../../src/ports/storage.js'
import type { Statements } from '../sql/statements.js'
import { sweep } from '../sql/sweep.js'
import type { Work } from '../sql/work.js'
import { mergeSegments } from './merge-segments.js'
import type { SearchStatements } from './search-statements.js'

/** Does one step of a sweep: rows first, and when they are gone the search index. */
export function* sweepStep(
  statements: Statements,
  searches: SearchStatements,
  request: SweepRequest,
): Work<SweepResult> {
  const swept = yield* sweep(statements, request)
  if (!swept.done) return swept
  return { ...swept, done: yield* mergeSegments(searches, request.limit - swept.sessions - swept.activity) }
}
