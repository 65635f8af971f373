import { describe } from 'vitest'
import { pgliteDatabase, serverDatabase, serverUrl } from '../adapters/postgres/databases.js'
import { eachOperationOn } from './each-operation.js'
import type { Operation } from './operations.js'
import { faultyPostgres } from './postgres.js'

describe('on PGlite, when any statement fails, nothing is half done, and the caller is told the truth:', () => {
  eachOperationOn(async () => faultyPostgres(await pgliteDatabase({ trigrams: true }), { isOneSession: true }))
})

// What only reads is the same on both.
const isRun = ({ reads }: Operation) => !reads || process.env['ROLLBOOK_ROUNDS'] !== undefined

describe.runIf(serverUrl)('on a PostgreSQL server, when any statement fails, nothing is half done:', () => {
  eachOperationOn(
    async () =>
      faultyPostgres(serverDatabase({ max: 2, options: '-c synchronous_commit=off' }), { isOneSession: false }),
    isRun,
  )
})
