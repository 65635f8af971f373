import type { Statement } from '../../sql/statement.js'
import { get, type Work } from '../../sql/work.js'

const totalChanges: Statement = { sql: 'select total_changes() as rows', values: () => [] }

/** How many rows the connection has ever written, those of the search index and of transactions taken back included. */
export function* rowsWritten(): Work<number> {
  return (yield* get<{ rows: number }>(totalChanges, {}))?.rows ?? 0
}
