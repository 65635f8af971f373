import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Mutant } from './mutant.js'
import { routerMutants } from './router-mutants.js'
import { serviceMutants } from './service-mutants.js'
import { storageMutants } from './storage-mutants.js'

const mutants = [...serviceMutants, ...routerMutants, ...storageMutants]

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rollbook-mutants-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
}

let runs = 0

/** Runs tests with a fault in the sources, or with none. */
async function run(killers: readonly Mutant['killedBy'][], mutant?: Mutant): Promise<Report> {
  const report = path.join(folder, `${++runs}.json`)
  const files = [...new Set(killers.map(({ file }) => file))]
  const names = killers.map(({ test: name }) => name.replaceAll(/[^\w ]/g, '.')).join('|')
  const args = ['run', '--config', 'test/mutants/vitest.config.ts', ...files, '-t', names]
  const child = spawn('npx', ['vitest', ...args, '--reporter=json', `--outputFile=${report}`], {
    cwd: path.join(import.meta.dirname, '../..'),
    env: { ...process.env, ...(mutant && { ROLLBOOK_MUTANT: JSON.stringify(mutant) }) },
    stdio: 'ignore',
  })
  await once(child, 'close')
  return JSON.parse(readFileSync(report, 'utf8')) as Report
}

test('without a fault nothing is killed', async () => {
  const { numFailedTests, numPassedTests } = await run(mutants.map(({ killedBy }) => killedBy))
  expect(numFailedTests).toBe(0)
  expect(numPassedTests).toBeGreaterThan(mutants.length)
})

test.concurrent.each(mutants)('killed: $fault', async (mutant) => {
  expect((await run([mutant.killedBy], mutant)).numFailedTests).toBeGreaterThan(0)
})
