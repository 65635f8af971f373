import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { createStatements } from '../adapters/sql/statements.js'
import { sqliteStorage } from '../adapters/sqlite/index.js'
import { sqliteDialect } from '../adapters/sqlite/sql-dialect.js'

test.each([
  ['sweepSessions', 'rollbook_sessions_expiry (expires_at<?)', { expiredAt: 1, limit: 1 }],
  ['sweepActivity', 'rollbook_activity_time (at<?)', { activityBefore: 1, limit: 1 }],
] as const)('%s finds by an index what is to go, and reads no row that stays', async (name, index, args) => {
  const handle = new Database(':memory:')
  await sqliteStorage(handle).migrate()
  const { sql, values } = createStatements(sqliteDialect('rollbook_'))[name]
  // The shape of a row is that of the query.
  const plan = handle.prepare(`explain query plan ${sql}`).all(...values(args)) as { detail: string }[]
  expect(plan.map(({ detail }) => detail)).toEqual([
    expect.stringMatching(/^SEARCH rollbook_(sessions|activity) USING INTEGER PRIMARY KEY \(rowid=\?\)$/),
    expect.stringContaining('LIST SUBQUERY'),
    expect.stringContaining(`USING COVERING INDEX ${index}`),
  ])
  handle.close()
})
