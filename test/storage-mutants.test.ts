import { expect, test } from 'vitest'
import { memoryStorage } from '../adapters/memory/index.js'
import type { UsersStorage } from '../src/ports/storage.js'
import { storageContract } from '../src/testing/storage-contract/index.js'
import { everythingMutants } from './storage-mutants/everything-mutants.js'
import { listMutants } from './storage-mutants/list-mutants.js'
import { recordMutants } from './storage-mutants/record-mutants.js'
import { sessionMutants } from './storage-mutants/session-mutants.js'

/** Runs the contract and answers the names of the cases that failed, without the numbers of what they guarantee. */
async function failures(create: () => UsersStorage): Promise<string[]> {
  const failed: string[] = []
  const runs: (() => Promise<void>)[] = []
  const slow = 'a capped total counts to 5000 and says when there are more'
  storageContract({
    test: (name, run) => runs.push(() => run().catch(() => void failed.push(name.replace(/ \[B-.*\]$/, '')))),
    create,
    skip: [{ reason: 'slow, and none of the faults here needs it', tests: [slow] }],
  })
  for (const run of runs) await run()
  return failed
}

test('a storage without a fault fails no case of the contract [B-90]', async () => {
  expect(await failures(memoryStorage)).toEqual([])
})

test.each([...recordMutants, ...listMutants, ...sessionMutants, ...everythingMutants])(
  'the contract catches a storage that $fault [B-90]',
  async ({ alter, caughtBy }) => {
    const failed = await failures(() => {
      const storage = memoryStorage()
      return { ...storage, ...alter(storage) }
    })
    expect(failed).toContain(caughtBy)
  },
)
