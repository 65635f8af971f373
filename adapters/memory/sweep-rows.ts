import type { SweepRequest, SweepResult } from '../../src/ports/storage.js'
import { apply } from './apply.js'
import { createJournal } from './journal.js'
import { type Row, type Rows, removeRow, rowsFrom } from './rows.js'
import type { Tables } from './tables.js'

/** Where the next step goes on: row numbers. */
interface Place {
  readonly sessions: number
  readonly activity: number
}

const start: Place = { sessions: 0, activity: 0 }

/**
 * Creates the sweep of a storage, whose steps each delete at most `limit` expired sessions and old entries. A step goes on
 * where the last one stopped, or each would look anew at all the rows that stay.
 */
export function createSweep(tables: Tables): (request: SweepRequest) => SweepResult {
  let next = { of: '', from: start }

  /** Deletes what is to go from a place on. */
  function pass({ expiredAt, activityBefore, limit }: SweepRequest, from: Place) {
    const sessions = found(tables.sessions, from.sessions, limit, ({ expiresAt }) => expiresAt <= expiredAt)
    for (const { record } of sessions) {
      const { userId, id } = record
      apply(tables, createJournal(), { op: 'deleteSession', userId, sessionId: id })
    }
    const left = limit - sessions.length
    const isOld = ({ at }: { readonly at: Date }) => activityBefore !== undefined && at < activityBefore
    const activity = activityBefore ? found(tables.activity, from.activity, left, isOld) : []
    for (const { seq, record } of activity) {
      removeRow(tables.activity, seq)
      const ofUser = tables.activityOf.get(record.userId)
      if (ofUser) removeRow(ofUser, seq)
    }
    return {
      sessions: sessions.length,
      activity: activity.length,
      end: {
        sessions: left === 0 ? (sessions.at(-1)?.seq ?? from.sessions) : tables.nextSeq,
        activity: activity.at(-1)?.seq ?? from.activity,
      },
    }
  }

  return (request) => {
    const { expiredAt, activityBefore, limit } = request
    const of = JSON.stringify([expiredAt, activityBefore])
    const from = of === next.of ? next.from : start
    const { sessions, activity, end } = pass(request, from)
    const left = limit - sessions - activity
    next = { of, from: end }
    if (left === 0) return { sessions, activity, done: false }
    next = { of, from: start }
    if (from === start) return { sessions, activity, done: true }
    // What others have written behind the last step.
    const rest = pass({ ...request, limit: left }, start)
    const deleted = { sessions: sessions + rest.sessions, activity: activity + rest.activity }
    return { ...deleted, done: deleted.sessions + deleted.activity < limit }
  }
}

function found<T>(rows: Rows<T>, from: number, most: number, isToGo: (record: T) => boolean): readonly Row<T>[] {
  const going: Row<T>[] = []
  if (most === 0) return going
  for (const row of rowsFrom(rows, from)) {
    if (isToGo(row.record) && going.push(row) === most) break
  }
  return going
}
