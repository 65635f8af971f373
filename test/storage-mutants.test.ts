import { expect, test } from 'vitest'
import { memoryStorage } from '../adapters/memory/index.js'
import { ClosedError } from '../src/errors.js'
import type { UsersStorage } from '../src/ports/storage.js'
import { storageContract } from '../src/testing/storage-contract/index.js'
import { everythingMutants } from './storage-mutants/everything-mutants.js'
import { lastingMutants } from './storage-mutants/lasting-mutants.js'
import { listMutants } from './storage-mutants/list-mutants.js'
import type { Mutant } from './storage-mutants/mutant.js'
import { recordMutants } from './storage-mutants/record-mutants.js'
import { sessionMutants } from './storage-mutants/session-mutants.js'

/** A storage in memory that can be closed and opened again over what it has kept. */
function opened(kept: UsersStorage): UsersStorage {
  let isClosed = false
  const entries = Object.entries(kept).map(([name, method]) => [
    name,
    async (...args: unknown[]) => {
      if (isClosed) throw new ClosedError()
      return Reflect.apply(method, kept, args)
    },
  ])
  async function close(): Promise<void> {
    isClosed = true
  }
  // Of the same names, with the same signatures.
  return { ...(Object.fromEntries(entries) as UsersStorage), close }
}

/** Runs the contract and answers the names of the cases that failed, without the numbers of what they guarantee. */
async function failures({ alter, reopened = opened }: Pick<Mutant, 'alter' | 'reopened'>): Promise<string[]> {
  let kept = memoryStorage()
  const failed: string[] = []
  const runs: (() => Promise<void>)[] = []
  const slow = 'a capped total counts to 5000 and says when there are more'
  storageContract({
    test: (name, run) => runs.push(() => run().catch(() => void failed.push(name.replace(/ \[B-.*\]$/, '')))),
    create() {
      kept = memoryStorage()
      const storage = opened(kept)
      return { ...storage, ...alter(storage) }
    },
    reopen: () => reopened(kept),
    skip: [{ reason: 'slow, and none of the faults here needs it', tests: [slow] }],
  })
  for (const run of runs) await run()
  return failed
}

test('a storage without a fault fails no case of the contract [B-90]', async () => {
  expect(await failures({ alter: () => ({}) })).toEqual([])
})

test.each([...recordMutants, ...listMutants, ...sessionMutants, ...everythingMutants, ...lastingMutants])(
  'the contract catches a storage that $fault [B-90]',
  async ({ caughtBy, ...mutant }) => {
    expect(await failures(mutant)).toContain(caughtBy)
  },
)
