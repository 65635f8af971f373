import { afterAll, beforeAll, describe, test } from 'vitest'
import { pgliteDatabase } from '../adapters/postgres/databases.js'
import type { Fault, FaultyDatabase } from './database.js'
import { conflictEveryStatement, type Refusals, refuseEveryWrite } from './every-retry.js'
import { nameOf, operations } from './operations.js'
import { faultyPostgres } from './postgres.js'
import { type PostgresFault, refusedCommitWith, refusedWith } from './postgres-faults.js'
import { faultySqlite, type SqliteFault, sqliteConflicts } from './sqlite.js'

function retriesOn<F extends Fault>(open: () => Promise<FaultyDatabase<F>>, refusals: Refusals<F>): void {
  let database: FaultyDatabase<F>
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database.close())
  const cases = operations.map((operation) => ({ title: nameOf(operation), operation }))

  test.each(cases)(
    '$title: what meets a conflict is tried again, with the ids and times of the first attempt [B-93]',
    ({ operation }) => conflictEveryStatement(database, operation, refusals),
  )

  test.each(cases.filter(({ operation: { reads, commits } }) => !reads && !commits))(
    '$title: what is refused for good is not tried again [B-93]',
    ({ operation }) => refuseEveryWrite(database, operation, refusals),
  )
}

describe('on SQLite', () => {
  const unique: SqliteFault = {
    name: 'a value that must be unique',
    code: 'SQLITE_CONSTRAINT_UNIQUE',
    sign: 'SQLITE_CONSTRAINT_UNIQUE',
    message: 'UNIQUE constraint failed',
    isDone: false,
    leavesOpen: true,
  }
  retriesOn(() => faultySqlite(':memory:'), {
    conflictsOf: (statement) => (/^rollback/i.test(statement) ? [] : sqliteConflicts),
    finalOf: () => [unique],
  })
})

describe('on PGlite', () => {
  const conflicts = ['40P01', '40001']
  const of = (statement: string, codes: readonly string[]): PostgresFault[] =>
    codes.map(statement === 'commit' ? refusedCommitWith : refusedWith)
  retriesOn(async () => faultyPostgres(await pgliteDatabase({ trigrams: true }), { isOneSession: true }), {
    conflictsOf: (statement) =>
      /^(connect|rollback)/.test(statement)
        ? []
        : of(statement, conflicts.slice(Number(statement.startsWith('select')))),
    finalOf: (statement) => of(statement, ['23505']),
  })
})
