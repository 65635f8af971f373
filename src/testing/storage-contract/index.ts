import { InvalidOptionsError } from '../../errors/index.js'
import type { UsersStorage } from '../../ports/storage.js'
import { activityCases } from './activity-cases.js'
import { atomicityCases } from './atomicity-cases.js'
import { closeCases } from './close-cases.js'
import { concurrencyCases } from './concurrency-cases.js'
import type { ContractCase, ReopeningCase } from './contract-case.js'
import { deletionCases } from './deletion-cases.js'
import { fidelityCases } from './fidelity-cases.js'
import { insertCases } from './insert-cases.js'
import { keyCases } from './key-cases.js'
import { kindCases } from './kind-cases.js'
import { listingCases } from './listing-cases.js'
import { overlapCases } from './overlap-cases.js'
import { positionCases } from './position-cases.js'
import { prefsCases } from './prefs-cases.js'
import { reopenCases } from './reopen-cases.js'
import { replaceCases } from './replace-cases.js'
import { searchCases } from './search-cases.js'
import { searchLiteralCases } from './search-literal-cases.js'
import { sessionCases } from './session-cases.js'
import { sessionEndCases } from './session-end-cases.js'
import { sessionListCases } from './session-list-cases.js'
import { sweepCases } from './sweep-cases.js'
import { tokenCases } from './token-cases.js'
import { tombstoneCases } from './tombstone-cases.js'
import { totalCases } from './total-cases.js'
import { valueCases } from './value-cases.js'
import { walkCases } from './walk-cases.js'

/** What the contract needs: a runner, and fresh storages. */
export interface StorageContractOptions {
  /** Registers a case with your test runner: `test` of `node:test`, vitest and the like. */
  readonly test: (name: string, run: () => Promise<void>) => void
  /** Creates a fresh and empty storage. The contract closes it after the case, also when the case fails. */
  readonly create: () => Promise<UsersStorage> | UsersStorage
  /**
   * Opens another storage over what one that `create` made has kept. The contract has closed that one before, and closes
   * the new one too. By default the cases that need it are left out.
   */
  readonly reopen?: (closed: UsersStorage) => Promise<UsersStorage> | UsersStorage
  /** Leaves cases out. By default none. */
  readonly skip?: readonly {
    /** Why this storage cannot pass them. */
    readonly reason: string
    /** Their exact names. */
    readonly tests: readonly string[]
  }[]
}

const cases: readonly ContractCase[] = [
  ...keyCases,
  ...insertCases,
  ...replaceCases,
  ...deletionCases,
  ...listingCases,
  ...walkCases,
  ...totalCases,
  ...searchCases,
  ...searchLiteralCases,
  ...sessionCases,
  ...sessionListCases,
  ...sessionEndCases,
  ...activityCases,
  ...kindCases,
  ...positionCases,
  ...tokenCases,
  ...tombstoneCases,
  ...atomicityCases,
  ...concurrencyCases,
  ...overlapCases,
  ...closeCases,
  ...valueCases,
  ...fidelityCases,
  ...prefsCases,
  ...sweepCases,
]

/**
 * Registers the laws that every storage must keep, as test cases that need nothing of each other.
 *
 * ```ts
 * import { test } from 'node:test'
 * import { storageContract } from 'rollbook/testing'
 *
 * let files = 0
 * storageContract({
 *   test,
 *   create: () => myStorage(`${++files}.db`),
 *   reopen: () => myStorage(`${files}.db`),
 * })
 * ```
 *
 * @throws {InvalidOptionsError} when `skip` names a case that does not exist.
 */
export function storageContract({ test, create, reopen, skip = [] }: StorageContractOptions): void {
  const registered: readonly ReopeningCase[] = reopen ? [...cases, ...reopenCases] : cases
  const skipped = new Set(skip.flatMap(({ tests }) => tests))
  for (const name of skipped) {
    if (![...cases, ...reopenCases].some((one) => one.name === name)) {
      throw new InvalidOptionsError(`storageContract: no case to skip is named ${JSON.stringify(name)}`)
    }
  }
  for (const { name, run } of registered) {
    if (skipped.has(name)) continue
    test(name, async () => {
      const created = await create()
      let storage = created
      try {
        await run(created, async () => {
          await storage.close()
          storage = (await reopen?.(created)) ?? storage
          return storage
        })
      } finally {
        await storage.close()
      }
    })
  }
}
