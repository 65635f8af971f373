import type { PoolClient } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pgliteDatabase, serverDatabase, serverUrl, type TestDatabase } from '../adapters/postgres/databases.js'
import { injectionAt } from './database.js'
import { type Outcome, outcomeOf, requireTold } from './laws.js'
import { nameOf, type Operation, operations } from './operations.js'
import { faultyPostgres } from './postgres.js'
import { refusedWith } from './postgres-faults.js'
import { serviceOver } from './world.js'

const refused = refusedWith('53100')
const isJoinable = ({ name }: Operation) => !['close', 'sweep', 'copyUsers'].includes(name)

function insideOn(open: () => Promise<TestDatabase> | TestDatabase, isOneSession: boolean): void {
  let host: TestDatabase
  let database: Awaited<ReturnType<typeof faultyPostgres>>
  beforeAll(async () => {
    host = await open()
    database = await faultyPostgres(host, { isOneSession })
    await host.pool.query(`create table "${database.schema}".invoices (owner text)`)
  })
  afterAll(() => database.close())

  /** Runs an operation in a transaction of the host, which then writes a row of its own and commits, if it still can. */
  async function within(operation: Operation, injection?: Parameters<typeof database.watch>[1]) {
    await database.restore()
    await host.pool.query(`delete from "${database.schema}".invoices`)
    const client = await host.pool.connect()
    await client.query('begin')
    const world = serviceOver(operation.isFirst ? database.fresh() : database.storage)
    let outcome: Outcome = { answer: 'did not run' }
    const { statements } = await database.watch(async () => {
      const inside = { ...world, users: { ...world.users, ...world.users.withTransaction(client) } }
      outcome = await outcomeOf(() => operation.run(inside))
    }, injection)
    const isCommitted = await committed(client)
    client.release()
    const invoices = await host.pool.query(`select from "${database.schema}".invoices`)
    expect(invoices.rowCount).toBe(isCommitted ? 1 : 0)
    const { events, logged } = world
    return {
      outcome,
      statements,
      isCommitted,
      contents: await database.contents(),
      events,
      isLogged: logged.length > 0,
    }
  }
  async function committed(client: PoolClient): Promise<boolean> {
    try {
      await client.query(`insert into "${database.schema}".invoices values ('ada')`)
      await client.query('commit')
      return true
    } catch {
      await client.query('rollback')
      return false
    }
  }

  test.each(operations.filter(isJoinable).map((operation) => ({ title: nameOf(operation), operation })))(
    '$title [B-92, B-108]',
    async ({ operation }) => {
      await database.restore()
      const before = await database.contents()
      const usual = await within(operation)
      expect(usual.isCommitted).toBe(true)
      for (const [at, statement] of usual.statements.entries()) {
        // What no server refuses: to take back to a savepoint, and to release it then.
        if (usual.statements.slice(Math.max(0, at - 1), at + 1).some((text) => text.startsWith('rollback to'))) continue
        const failed = await within(operation, injectionAt(usual.statements, at, refused))
        const where = `statement ${at + 1}: ${statement}`
        expect(failed.events, where).toEqual([])
        if (failed.outcome.answer === usual.outcome.answer) continue
        // A rehash that fails is logged, and then the transaction may take nothing any more.
        requireTold(failed.outcome.error, failed.isLogged ? { ...refused, sign: '' } : refused)
        // Whether the host can go on or has to begin again: nothing of the operation is left.
        if (!operation.commits || !failed.isCommitted) expect(failed.contents, where).toEqual(before)
      }
    },
  )
}

describe('in a transaction of the host on PGlite, what fails leaves nothing of it behind:', () => {
  insideOn(() => pgliteDatabase({ trigrams: true }), true)
})

describe.runIf(serverUrl)('in a transaction of the host on a server, what fails leaves nothing of it behind:', () => {
  insideOn(() => serverDatabase({ max: 2, options: '-c synchronous_commit=off' }), false)
})
