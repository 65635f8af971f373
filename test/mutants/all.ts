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

/** Runs the test that is to kill a mutant, with the fault or without it. */
async function run({ killedBy }: Mutant, mutant?: Mutant): Promise<Report> {
  const report = path.join(folder, 'report.json')
  const name = killedBy.test.replaceAll(/[^\w ]/g, '.')
  const args = ['vitest', 'run', '--config', 'test/mutants/vitest.config.ts', killedBy.file, '-t', name]
  const child = spawn('npx', [...args, '--reporter=json', `--outputFile=${report}`], {
    cwd: path.join(import.meta.dirname, '../..'),
    env: { ...process.env, ...(mutant && { ROLLBOOK_MUTANT: JSON.stringify(mutant) }) },
    stdio: 'ignore',
  })
  await once(child, 'close')
  return JSON.parse(readFileSync(report, 'utf8')) as Report
}

test.each(mutants)('killed: $fault', async (mutant) => {
  const without = await run(mutant)
  expect(without.numFailedTests).toBe(0)
  expect(without.numPassedTests).toBeGreaterThan(0)
  const within = await run(mutant, mutant)
  expect(within.numFailedTests).toBeGreaterThan(0)
})
