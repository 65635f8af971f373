import type { ActivityRow, SessionRow, TombstoneRow, UserRow } from '../sql/schema.js'
import type { PostgresResult } from './pool.js'

type NumberColumn<Row> = { [Column in keyof Row]: number extends Row[Column] ? Column : never }[keyof Row]
type Known =
  | NumberColumn<UserRow>
  | NumberColumn<TombstoneRow>
  | NumberColumn<ActivityRow>
  | NumberColumn<SessionRow>
  | `session_${NumberColumn<SessionRow>}`
  | 'seq'
  | 'count'

// The types keep the list complete.
const isWholeNumber: Readonly<Record<Known, true>> = {
  seq: true,
  count: true,
  email_verified: true,
  password_updated_at: true,
  created_at: true,
  updated_at: true,
  version: true,
  session_epoch: true,
  expires_at: true,
  used_at: true,
  session_session_epoch: true,
  session_created_at: true,
  session_expires_at: true,
  session_used_at: true,
  at: true,
  deleted_at: true,
}

/**
 * Turns into numbers what comes as text, or as whatever else the host has told the driver to make of a `bigint`. Ours are
 * small enough for a number, and how the host's own are read is not ours to change.
 */
export function withWholeNumbers(result: PostgresResult): PostgresResult {
  const { rows } = result
  const columns = rows[0] ? Object.keys(rows[0]).filter((column) => column in isWholeNumber) : []
  for (const row of rows) {
    for (const column of columns) {
      const value: unknown = Reflect.get(row, column)
      if (value !== null) Reflect.set(row, column, Number(value))
    }
  }
  return result
}
