import type { SweepRequest, SweepResult } from '../../src/ports/storage.js'
import type { Statements } from './statements.js'
import { run, type Work } from './work.js'

/** Does one step of a sweep: sessions first, then activity. */
export function* sweep(statements: Statements, { expiredAt, activityBefore, limit }: SweepRequest): Work<SweepResult> {
  const sessions = yield* run(statements.sweepSessions, { expiredAt: expiredAt.getTime(), limit })
  const left = limit - sessions
  const activity =
    activityBefore && left > 0
      ? yield* run(statements.sweepActivity, { activityBefore: activityBefore.getTime(), limit: left })
      : 0
  return { deleted: { sessions, activity }, done: sessions + activity < limit }
}
