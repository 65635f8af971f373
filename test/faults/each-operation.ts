import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Fault, FaultyDatabase } from './database.js'
import { failEveryStatement } from './every-statement.js'
import { nameOf, type Operation, operations } from './operations.js'

/** A test for each operation, on a database that they share. */
export function eachOperationOn<F extends Fault>(
  open: () => Promise<FaultyDatabase<F>>,
  isCovered: (operation: Operation) => boolean = () => true,
): void {
  let database: FaultyDatabase<F>
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database.close())

  test.each(operations.filter(isCovered).map((operation) => ({ title: nameOf(operation), operation })))(
    '$title [B-62, B-92, B-94, B-108]',
    async ({ operation }) => {
      const { statements, injections } = await failEveryStatement(database, operation)
      expect(injections).toBeGreaterThanOrEqual(statements)
      expect(statements > 0).toBe(operation.name !== 'close')
    },
  )
}
