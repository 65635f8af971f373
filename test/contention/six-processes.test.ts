import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import { createTestUsers } from '../../src/testing/index.js'
import { started } from '../processes/started.js'

const rounds = Number(process.env['ROLLBOOK_ROUNDS'] ?? 10)
const milliseconds = rounds * 300

type What = 'merges' | 'renames' | 'users' | 'sessions' | 'ended' | 'entries'
interface Outcome {
  readonly done: Readonly<Record<What, number>>
  readonly refused: Readonly<Record<string, number>>
}

const total = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((sum, n) => sum + n, 0)

/** What is in a file, as another program reads it. */
function numbersIn(file: string) {
  const handle = new Database(file, { readonly: true })
  const number = (sql: string) => Number(handle.prepare(sql).pluck().get())
  const changes = number(`select sum(version - 1) from rollbook_users where id like 'shared%'`)
  const users = number(`select count(*) from rollbook_users where id not like 'shared%'`)
  const sessions = number('select count(*) from rollbook_sessions')
  const entries = number('select count(*) from rollbook_activity')
  const integrity = handle.pragma('integrity_check', { simple: true })
  handle.close()
  return { changes, users, sessions, entries, integrity }
}

test(
  '6 processes that change the same users of one file at once are refused nothing, lose nothing, and all get on [B-99]',
  async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'rollbook-six-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = path.join(folder, 'users.db')
    const { users } = createTestUsers({ storage: sqliteStorage(file) })
    const shared = ['shared1', 'shared2', 'shared3']
    for (const id of shared) await users.createUser({ id, email: `${id}@example.com` })
    const names = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6']
    const processes = await Promise.all(
      names.map((name) => started('mixed-writes.mjs', [file, name, String(milliseconds), shared.join()])),
    )
    const outcomes = await Promise.all(processes.map((one) => one.ask<Outcome>('go')))
    for (const one of processes) expect(await one.ended).toEqual([0, null])

    expect(outcomes.map(({ refused }) => refused)).toEqual(names.map(() => ({})))
    const sum = (what: What) => outcomes.reduce((all, { done }) => all + done[what], 0)
    const acknowledged = outcomes.reduce((all, { done }) => all + total(done), 0)
    // Each change raises the version of its user by one, so a lost one would be missing here.
    expect(numbersIn(file)).toEqual({
      changes: sum('merges') + sum('renames'),
      users: sum('users'),
      sessions: sum('sessions') - sum('ended'),
      entries: shared.length + acknowledged,
      integrity: 'ok',
    })
    for (const id of shared) expect(Object.keys(await users.getUserPrefs(id))).toHaveLength(24)
    await users.close()
    const slowest = Math.min(...outcomes.map(({ done }) => total(done)))
    console.log(
      `6 processes, ${milliseconds} ms: ${acknowledged} writes acknowledged, ${slowest} by the slowest process`,
    )
    expect(slowest).toBeGreaterThanOrEqual(acknowledged / names.length / 10)
  },
  60_000 + 3 * milliseconds,
)
