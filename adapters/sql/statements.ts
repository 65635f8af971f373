import { activityStatements } from './activity-statements.js'
import type { SqlDialect } from './dialect.js'
import { sessionStatements } from './session-statements.js'
import { userStatements } from './user-statements.js'

/** Every statement that a storage runs, compiled once. */
export type Statements = ReturnType<typeof createStatements>

export function createStatements(dialect: SqlDialect) {
  return { ...userStatements(dialect), ...sessionStatements(dialect), ...activityStatements(dialect) }
}
