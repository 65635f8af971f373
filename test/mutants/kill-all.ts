import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SourceMutant } from './mutant.js'
import { sourceMutants } from './sources/index.js'

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
async function run(killers: readonly SourceMutant['killedBy'][], mutant?: SourceMutant): Promise<Report> {
  const report = path.join(folder, `${++runs}.json`)
  const files = [...new Set(killers.map(({ file }) => file))]
  const names = killers.map(({ test: name }) => name.replaceAll(/[^\w ]/g, '.')).join('|')
  const args = ['run', '--config', 'test/mutants/one-mutant.config.ts', ...files, '-t', names]
  const child = spawn('npx', ['vitest', ...args, '--reporter=json', `--outputFile=${report}`], {
    cwd: path.join(import.meta.dirname, '../..'),
    env: { ...process.env, ...(mutant && { ROLLBOOK_MUTANT: JSON.stringify(mutant) }) },
    stdio: 'ignore',
  })
  await once(child, 'close')
  return JSON.parse(readFileSync(report, 'utf8')) as Report
}

test('without a fault nothing is killed', async () => {
  const { numFailedTests, numPassedTests } = await run(sourceMutants.map(({ killedBy }) => killedBy))
  expect(numFailedTests).toBe(0)
  expect(numPassedTests).toBeGreaterThan(sourceMutants.length)
})

test.concurrent.each(sourceMutants)('killed: $fault', async (mutant) => {
  expect((await run([mutant.killedBy], mutant)).numFailedTests).toBeGreaterThan(0)
})
