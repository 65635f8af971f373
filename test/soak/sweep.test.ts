import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import { createTestUsers } from '../../src/testing/index.js'

const rounds = Number(process.env['ROLLBOOK_ROUNDS'] ?? 10)
// 100,000, or with 100 rounds a million.
const rows = 10_000 * rounds
const mebibyte = 1024 * 1024
const [longAgo, cut] = [new Date('2020-01-01'), new Date('2025-01-01')]

/** Fills a file with old entries and sessions, and half as many that are to stay. */
function fill(file: string, now: Date): void {
  const handle = new Database(file)
  handle.pragma('synchronous = off')
  const times = { rows, old: longAgo.getTime(), young: now.getTime() }
  const numbers = 'with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < @rows)'
  const time = 'case n % 3 when 0 then @young + 1000 else @old + n end'
  handle
    .prepare(`${numbers} insert into rollbook_activity (id, event, user_id, at, details)
      select 'e' || n, 'tea.made', 'ada', ${time}, '{"number":' || n || '}' from numbers`)
    .run(times)
  handle
    .prepare(`${numbers} insert into rollbook_sessions
        (id, user_id, secret_hash, session_epoch, created_at, expires_at, used_at)
      select 's' || n, 'ada', 'hash of ' || n, 1, @old, ${time}, @old from numbers where n <= @rows / 5`)
    .run(times)
  // Otherwise the log would be as large as all of this from the start.
  handle.pragma('wal_checkpoint(truncate)')
  handle.close()
}

test(
  `a sweep of ${rows} entries holds nobody up, keeps the log small, and deletes nothing that is young [B-64]`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollbook-sweep-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = join(folder, 'users.db')
    const { users, clock } = createTestUsers({ storage: sqliteStorage(file) })
    await users.createUser({ id: 'ada', email: 'ada@example.com' })
    fill(file, clock.now())

    let [last, longestHold, largestLog, written] = [performance.now(), 0, 0, 0]
    const ticking = setInterval(() => {
      longestHold = Math.max(longestHold, performance.now() - last)
      largestLog = Math.max(largestLog, statSync(`${file}-wal`).size)
      last = performance.now()
    }, 5)
    let isSwept = false
    const writing = (async () => {
      for (; !isSwept; written++) await users.recordUserActivity('ada', { event: 'tea.drunk' })
    })()
    const swept = await users.sweep({ activityBefore: cut })
    isSwept = true
    await writing
    clearInterval(ticking)

    const old = (count: number) => count - Math.floor(count / 3)
    expect(swept).toEqual({ activity: old(rows), sessions: old(rows / 5), tokens: 0 })
    expect((await users.getUserLogs('ada', { limit: 0, total: true })).totalIsCapped).toBe(true)
    await users.close()
    const handle = new Database(file)
    const left = 'select (select count(*) from rollbook_activity), (select count(*) from rollbook_sessions)'
    expect(handle.prepare(left).raw().get()).toEqual([rows - swept.activity + 1 + written, rows / 5 - swept.sessions])
    expect(handle.pragma('integrity_check', { simple: true })).toBe('ok')
    handle.close()
    console.log(`${rows} entries: longest hold ${Math.round(longestHold)} ms, ${written} writes of others meanwhile`)
    expect(written).toBeGreaterThan(20)
    expect(longestHold).toBeLessThan(1000)
    expect(largestLog).toBeLessThan(64 * mebibyte)
  },
  60_000 + rounds * 5000,
)
