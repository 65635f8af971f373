import type { SweepRequest, SweepResult } from '../../src/ports/storage.js'
import { apply } from './apply.js'
import { createJournal } from './journal.js'
import type { Tables } from './tables.js'

/** Deletes at most `limit` expired sessions and old entries. */
export function sweepRows(tables: Tables, { expiredAt, activityBefore, limit }: SweepRequest): SweepResult {
  let left = limit
  for (const { record } of tables.sessionById.values()) {
    if (left === 0) break
    if (record.expiresAt > expiredAt) continue
    apply(tables, createJournal(), { op: 'deleteSession', userId: record.userId, sessionId: record.id })
    left--
  }
  const sessions = limit - left
  for (const [userId, rows] of tables.activityOf) {
    if (left === 0 || !activityBefore) break
    const kept = rows.filter(({ record }) => record.at >= activityBefore || left-- <= 0)
    left = Math.max(0, left)
    tables.activityOf.set(userId, kept)
  }
  return { sessions, activity: limit - left - sessions, done: left > 0 }
}
