import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import type { UsersStorage } from '../../src/ports/storage.js'
import { storageContract } from '../../src/testing/storage-contract/index.js'
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

/** Runs the contract and returns the names of the cases that failed, without the numbers of what they guarantee. */
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

test.each(brokenStorages)('the contract catches a storage that $fault [B-90]', async ({ alter, killedBy }) => {
  const failed = await failures(() => {
    const storage = memoryStorage()
    return { ...storage, ...alter(storage) }
  })
  expect(failed).toContain(killedBy)
})
