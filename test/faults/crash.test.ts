import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import { migrations } from '../../adapters/sqlite/migrations.js'
import { createUsersService } from '../../src/index.js'
import { anEntry, aSession, someUsers } from '../../src/testing/storage-contract/builders.js'
import { given } from '../../src/testing/storage-contract/changes.js'
import { requireIndexed } from '../adapters/sqlite/index-law.js'
import { makeOldFile } from '../adapters/sqlite/old-file.js'

const rounds = Number(process.env['ROLLBOOK_ROUNDS'] ?? 10)
const fewRounds = Math.ceil(rounds / 4)
const seed = Number(process.env['TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31))

vi.setConfig({ testTimeout: 30_000 + rounds * 3000 })

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rollbook-crash-'))
  file = path.join(folder, 'users.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** So many random times, up to this one. */
function times(count: number, most: number): number[] {
  return fc.sample(fc.nat(most), { seed, numRuns: count })
}

/** Starts a process, kills it some time after its first line without a warning, and answers the lines it wrote. */
async function linesUntilKilled(name: string, args: readonly string[], milliseconds: number): Promise<string[]> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, '../processes', name), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const closed = once(child, 'close')
  let text = ''
  child.stdout.on('data', (chunk) => {
    text += chunk
  })
  await Promise.race([once(child.stdout, 'data'), closed])
  await pause(milliseconds)
  child.kill('SIGKILL')
  expect(await closed).toEqual([null, 'SIGKILL'])
  // Behind the last line break is nothing, or a line that was cut off.
  return text.split('\n').slice(0, -1)
}

/** Opens the file as the library does, without a step by hand, and checks every structure in it against the others. */
async function intact<T>(look: (handle: Database.Database) => T): Promise<T> {
  await sqliteStorage(file).close()
  const handle = new Database(file)
  try {
    expect(handle.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(handle.pragma('foreign_key_check')).toEqual([])
    requireIndexed(handle)
    return look(handle)
  } finally {
    handle.close()
  }
}

function count(handle: Database.Database, table: string): number {
  return Number(handle.prepare(`select count(*) from rollbook_${table}`).pluck().get())
}

interface Life {
  readonly status: string
  readonly prefs: string
  readonly sessions: number
  readonly events: string
}

// What there is to see of a user after each step of the life that crash-write.mjs leads it through.
const lives: readonly Life[] = [
  { event: 'user.created', status: 'active', prefs: '{}', sessions: 0 },
  { event: 'user.prefs-updated', status: 'active', prefs: '{"first":1}', sessions: 0 },
  { event: 'session.created', status: 'active', prefs: '{"first":1}', sessions: 1 },
  { event: 'user.prefs-updated', status: 'active', prefs: '{"first":1,"second":2}', sessions: 1 },
  { event: 'user.status-updated', status: 'blocked', prefs: '{"first":1,"second":2}', sessions: 0 },
  { event: 'user.status-updated', status: 'active', prefs: '{"first":1,"second":2}', sessions: 0 },
  { event: 'session.created', status: 'active', prefs: '{"first":1,"second":2}', sessions: 1 },
  { event: 'life.over', status: 'active', prefs: '{"first":1,"second":2}', sessions: 1 },
].map(({ event, ...seen }, step, all) => ({ ...seen, events: eventsUpTo(all.slice(0, step), event) }))

function eventsUpTo(earlier: readonly { readonly event: string }[], last: string): string {
  return [...earlier.map(({ event }) => event), last].join(' ')
}

function livesIn(handle: Database.Database, prefix: string): Map<string, Life> {
  const rows = handle
    .prepare(
      `select id, status, prefs,
        (select count(*) from rollbook_sessions where user_id = users.id) as sessions,
        (select group_concat(event, ' ' order by seq) from rollbook_activity where user_id = users.id) as events
      from rollbook_users as users where id like ? || '.%'`,
    )
    .all(prefix)
  // The shape of a row is that of the query.
  return new Map((rows as (Life & { id: string })[]).map(({ id, ...life }) => [id, life]))
}

/** Counts what is of a later moment than this one. */
function countLater(handle: Database.Database, moment: Date): unknown {
  return handle
    .prepare(`select (select count(*) from rollbook_sessions where expires_at > @at) as sessions,
      (select count(*) from rollbook_activity where at > @at) as activity`)
    .get({ at: moment.getTime() })
}

function removeFile(): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true })
}

describe(`a process that is killed, seed ${seed}`, () => {
  test('while many write has lost nothing that was acknowledged, and left nothing half done [B-98]', async () => {
    let acknowledged = 0
    for (const [round, milliseconds] of times(rounds, 300).entries()) {
      const prefix = `r${round}`
      const steps = new Map<string, number>()
      for (const id of await linesUntilKilled('crash-write.mjs', [file, prefix], milliseconds)) {
        steps.set(id, (steps.get(id) ?? 0) + 1)
        acknowledged++
      }
      const found = await intact((handle) => livesIn(handle, prefix))
      for (const id of new Set([...steps.keys(), ...found.keys()])) {
        const step = steps.get(id) ?? 0
        // A step more may have been committed, of which the process did not live to tell.
        expect([lives[step - 1], lives[step] ?? lives[step - 1]], id).toContainEqual(found.get(id))
      }
    }
    console.log(`${rounds} processes killed, of whose writes ${acknowledged} were acknowledged`)
    // Otherwise each was killed before there was anything to lose.
    expect(acknowledged).toBeGreaterThan(rounds)
  })

  test('while a file is migrated has left it as it was or migrated, and the next one migrates it [B-98, B-110]', async () => {
    const template = path.join(folder, 'old.db')
    makeOldFile(template, 20_000)
    for (const milliseconds of times(fewRounds, 100)) {
      copyFileSync(template, file)
      const lines = await linesUntilKilled('crash-migrate.mjs', [file], milliseconds)
      const seen = new Database(file)
      const applied = count(seen, 'migrations')
      seen.close()
      expect(lines.includes('opened') ? [migrations.length] : [1, migrations.length]).toContain(applied)
      const countBoth = (handle: Database.Database) => [count(handle, 'users'), count(handle, 'migrations')]
      expect(await intact(countBoth)).toEqual([20_000, migrations.length])
      removeFile()
    }
  })

  test('while it sweeps has deleted nothing that was to stay, and the next sweep goes on [B-98, B-64]', async () => {
    const [longAgo, lately, soon] = [new Date('2020-01-01'), new Date('2025-01-01'), new Date(Date.now() + 1e9)]
    const template = path.join(folder, 'full.db')
    const storage = sqliteStorage(template)
    const many = Array.from({ length: 6000 }, (_, n) => n)
    const sessions = many.map((n) => aSession({ id: `s${n}`, userId: 'u0000', expiresAt: n % 2 ? longAgo : soon }))
    const activity = many.map((n) => anEntry({ id: `e${n}`, userId: 'u0000', at: n % 2 ? longAgo : soon }))
    await given(storage, { users: someUsers(1), sessions, activity })
    await storage.close()

    for (const milliseconds of times(fewRounds, 60)) {
      copyFileSync(template, file)
      const lines = await linesUntilKilled('crash-sweep.mjs', [file, lately.toISOString()], milliseconds)
      const left = await intact((handle) => {
        expect(countLater(handle, lately)).toEqual({ sessions: 3000, activity: 3000 })
        return { sessions: count(handle, 'sessions') - 3000, activity: count(handle, 'activity') - 3000 }
      })
      if (lines.includes('swept')) expect(left).toEqual({ sessions: 0, activity: 0 })
      const users = createUsersService({ storage: sqliteStorage(file) })
      expect(await users.sweep({ activityBefore: lately })).toEqual({ ...left, tokens: 0 })
      await users.close()
      expect(await intact((handle) => countLater(handle, lately))).toEqual({ sessions: 3000, activity: 3000 })
      removeFile()
    }
  })
})
