import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { UsersError } from '../../src/index.js'
import { injectionAt } from './database.js'
import { requireTold } from './laws.js'
import { faultySqlite } from './sqlite.js'
import { serviceOver, type World } from './world.js'

type Database = Awaited<ReturnType<typeof faultySqlite>>

/** Changes of several users, each with what is in the file when it was made. */
const changes: readonly { run(world: World): Promise<unknown>; made: string }[] = [
  {
    run: ({ users }) => users.updateUserName('ada', { name: 'Ada' }),
    made: `select count(*) from rollbook_users join rollbook_activity on user_id = rollbook_users.id
      where event = 'user.name-updated' and name = 'Ada'`,
  },
  {
    run: ({ users }) => users.createUser({ id: 'eve', email: 'eve@example.com' }),
    made: `select count(*) from rollbook_users join rollbook_activity on user_id = rollbook_users.id
      where event = 'user.created' and user_id = 'eve'`,
  },
  {
    run: ({ users }) => users.createUser({ id: 'fay', email: 'fay@example.com' }),
    made: `select count(*) from rollbook_users join rollbook_activity on user_id = rollbook_users.id
      where event = 'user.created' and user_id = 'fay'`,
  },
  {
    run: ({ users }) => users.recordUserActivity('cy', { event: 'tea.made.again' }),
    made: `select count(*) from rollbook_activity where event = 'tea.made.again'`,
  },
  { run: ({ users }) => users.deleteUserSession('cy', 'none'), made: 'select 0' },
  {
    run: ({ users }) => users.deleteUser('ben'),
    made: `select count(*) from rollbook_tombstones where id = 'ben' and not exists
      (select 1 from rollbook_users where id = 'ben') and not exists
      (select 1 from rollbook_activity where user_id = 'ben')`,
  },
]

describe('on a file, where each commit waits for the disk,', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollbook-faults-'))
  let database: Database
  beforeAll(async () => {
    database = await faultySqlite(join(folder, 'users.db'))
  })
  afterAll(() => {
    database.handle.close()
    rmSync(folder, { recursive: true })
  })

  /** Runs all changes at once, and answers how each was told to have ended. */
  async function allAtOnce(injection?: Parameters<Database['watch']>[1]) {
    await database.restore()
    const world = serviceOver(database.storage)
    let ends: PromiseSettledResult<unknown>[] = []
    const { statements } = await database.watch(async () => {
      ends = await Promise.allSettled(changes.map(({ run }) => run(world)))
    }, injection)
    database.requireAtRest()
    return { statements, ends, events: world.events.length }
  }
  const countOf = (sql: string) => Number(database.handle.prepare(sql).pluck().get())

  test('commits that share a transaction are each told what became of them, whichever statement fails [B-92, B-62]', async () => {
    const usual = await allAtOnce()
    const begun = usual.statements.filter((text) => text === 'BEGIN IMMEDIATE')
    expect(begun.length).toBeLessThan(changes.length)
    const entriesBefore = 3
    for (const [at, statement] of usual.statements.entries()) {
      for (const fault of database.faultsOf(statement, true)) {
        const { ends, events } = await allAtOnce(injectionAt(usual.statements, at, fault))
        const made = changes.map((change) => countOf(change.made))
        const where = `statement ${at + 1}, ${fault.name}: ${statement}`
        for (const [index, end] of ends.entries()) {
          const isRefused = changes[index]?.made === 'select 0'
          if (end.status === 'fulfilled') expect(made[index], where).toBe(1)
          else if (!isRefused || !hasCode(end.reason, 'session-not-found')) {
            requireTold(end.reason, fault)
            expect(made[index], where).toBeLessThanOrEqual(hasCode(end.reason, 'commit-outcome-unknown') ? 1 : 0)
          }
        }
        // One entry for each change that was made, and none besides: the deletion took one with it.
        const [name, eve, fay, tea, , deleted] = made.map(Number) as [number, number, number, number, number, number]
        const entries = entriesBefore + name + eve + fay + tea - deleted
        expect(countOf('select count(*) from rollbook_activity'), where).toBe(entries)
        expect(events, where).toBe(ends.filter(({ status }) => status === 'fulfilled').length)
        await database.contents()
      }
    }
  })
})

function hasCode(error: unknown, code: string): boolean {
  return UsersError.is(error) && error.code === code
}
