import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { ClosedError } from '../../src/errors/index.js'
import type { UsersStorage } from '../../src/ports/storage.js'
import { storageContract } from '../../src/testing/storage-contract/index.js'
import type { StorageMutant } from './mutant.js'
import { mutated } from './place.js'
import { sourceMutants } from './sources/index.js'
import { brokenStorages } from './storages/index.js'

const root = path.join(import.meta.dirname, '../..')
const sourceOf = (file: string) => readFileSync(path.join(root, file), 'utf8')

test.each(sourceMutants)('there is still a place for the fault that $fault', (mutant) => {
  const source = sourceOf(mutant.file)
  expect(mutated(source, mutant)).not.toBe(source)
})

test('what kills a mutant is a test that is there', () => {
  const lost = sourceMutants.filter(({ killedBy: { file } }) => !sourceOf(file).includes('test'))
  expect(lost).toEqual([])
})

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

/** Runs the contract and returns the names of the cases that failed, without the numbers of what they guarantee. */
async function failures({ alter, reopened = opened }: Pick<StorageMutant, 'alter' | 'reopened'>): Promise<string[]> {
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

test.each(brokenStorages)('the contract catches a storage that $fault [B-90]', async ({ killedBy, ...mutant }) => {
  expect(await failures(mutant)).toContain(killedBy)
})
