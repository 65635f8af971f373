import { get, type Work } from '../../sql/work.js'
import type { SearchStatements } from './search-statements.js'

/** The largest row number of a user. There are at most as many users. */
export function* lastUser(statements: SearchStatements): Work<number> {
  return (yield* get<{ seq: number | null }>(statements.lastUser, {}))?.seq ?? 0
}
