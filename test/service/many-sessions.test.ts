import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { apiKeys, expressUsers } from '../../adapters/express/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import { createTestUsers } from '../../src/testing/index.js'
import { listen } from '../http/listen.js'

// The most that a host can ask for; by itself the service lets a user have 100. There is no way to 100,000.
const many = 10_000

test('a user of as many sessions as can be gets a short list, and all are ended without holding up the process for long [B-57]', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollbook-sessions-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'users.db')
  const { users, clock } = createTestUsers({ storage: sqliteStorage(file), sessions: { maxPerUser: many } })
  await users.createUser({ id: 'ada', email: 'ada@example.com' })
  const handle = new Database(file)
  handle
    .prepare(`with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < @many)
      insert into rollbook_sessions (id, user_id, secret_hash, session_epoch, created_at, expires_at, used_at)
      select 's' || n, 'ada', 'hash of ' || n, 1, @now, @now + 86400000, @now from numbers`)
    .run({ many, now: clock.now().getTime() })
  const countLeft = () => handle.prepare('select count(*) from rollbook_sessions').pluck().get()
  const { secret } = await users.createUserSession('ada')
  expect(countLeft()).toBe(many)

  const { url, stop } = await listen(expressUsers({ users, authorize: apiKeys(['key']) }))
  onTestFinished(stop)
  const answer = await (await fetch(`${url}/users/ada/sessions`, { headers: { 'X-Appwrite-Key': 'key' } })).text()
  expect(JSON.parse(answer)).toHaveLength(100)
  expect(answer.length).toBeLessThan(1_000_000)

  const start = performance.now()
  await users.deleteUserSessions('ada')
  expect(performance.now() - start).toBeLessThan(1000)
  expect(countLeft()).toBe(0)
  await expect(users.verifyUserSession(secret)).rejects.toMatchObject({ code: 'invalid-session' })
  handle.close()
  await users.close()
})
