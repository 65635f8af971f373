import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { createStatements } from '../../../adapters/sql/kinds/index.js'
import { sqliteStorage } from '../../../adapters/sqlite/index.js'
import { sqliteDialect } from '../../../adapters/sqlite/sql-dialect.js'
import { aQuery, aUserRecord } from '../../../src/testing/storage-contract/builders.js'
import { insertUser, replaceUser } from '../../../src/testing/storage-contract/changes.js'
import { requireIndexed } from './index-law.js'

test.each([
  ['sessions', 'rollbook_sessions_expiry (expires_at<?)', { expiredAt: 1, limit: 1 }],
  ['tokens', 'rollbook_tokens_expiry (expires_at<?)', { expiredAt: 1, limit: 1 }],
  ['activity', 'rollbook_activity_time (at<?)', { activityBefore: 1, limit: 1 }],
] as const)('a sweep of %s finds by an index what is to go, and reads no row that stays', async (kind, index, args) => {
  const handle = new Database(':memory:')
  await sqliteStorage(handle).migrate()
  const { sql, values } = createStatements(sqliteDialect('rollbook_')).sweep[kind]
  // The shape of a row is that of the query.
  const plan = handle.prepare(`explain query plan ${sql}`).all(...values(args)) as { detail: string }[]
  expect(plan.map(({ detail }) => detail)).toEqual([
    expect.stringMatching(/^SEARCH rollbook_(sessions|tokens|activity) USING INTEGER PRIMARY KEY \(rowid=\?\)$/),
    expect.stringContaining('LIST SUBQUERY'),
    expect.stringContaining(`USING COVERING INDEX ${index}`),
  ])
  handle.close()
})

test('a sweep merges in steps what commits have made of the search index, and no search answers otherwise', async () => {
  const handle = new Database(':memory:')
  onTestFinished(() => {
    handle.close()
  })
  const storage = sqliteStorage(handle)
  await storage.migrate()
  const segments = handle
    .prepare('select count(distinct id >> 37) from rollbook_users_search_data where id >> 37 > 0')
    .pluck()
  const users = Array.from({ length: 700 }, (_, i) =>
    aUserRecord({ id: `u${i}`, searchText: `${i} of ${i % 7}\nu${i}` }),
  )
  for (const user of users) await storage.commit([insertUser(user)])
  for (const user of users.slice(0, 100)) await storage.commit([replaceUser(user, { searchText: 'somebody else' })])
  const answers = async () => {
    const terms = [' of 3', 'u69', 'else', '7', 'of']
    return Promise.all(terms.map((match) => storage.listUsers({ ...aQuery({ limit: 700, total: 'capped' }), match })))
  }
  const before = await answers()
  expect(segments.get()).toBeGreaterThan(4)

  const request = { expiredAt: new Date(0), limit: 1 }
  let steps = 1
  while (!(await storage.sweep(request)).done) steps++
  expect(steps).toBeGreaterThan(1)
  expect(segments.get()).toBeLessThan(3)
  expect(await answers()).toEqual(before)
  requireIndexed(handle)
  expect((await storage.sweep(request)).done).toBe(true)
  expect(handle.prepare(`select v from rollbook_users_search_config where k = 'usermerge'`).pluck().get()).toBe(4)
})
