import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { compileBlocks } from './code-blocks.js'
import { commentExamples } from './comment-examples.js'

const blocks = await compileBlocks('docs-code', commentExamples())

test('the documentation has code', () => {
  expect(blocks.length).toBeGreaterThan(3)
})

// These read the database of another system: tests of their own give them one.
const migrations = /^docs\/from-/
const runnable = blocks.filter(({ page }) => !migrations.test(page))

// Whoever reads a page tries all of it in one folder.
const folder = mkdtempSync(path.join(os.tmpdir(), 'rollbook-docs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each(runnable)(
  'the code of $page, block $number, runs as it stands there, and again',
  async ({ page, code, compiled }) => {
    const preload = path.join(import.meta.dirname, 'stop-when-listening.mjs')
    const cwd = path.join(folder, page)
    mkdirSync(cwd, { recursive: true })
    const options = { cwd, env: { ...process.env, PORT: '0' }, timeout: 50_000 }
    // A newcomer starts it twice.
    for (const _ of ['first', 'second']) {
      const { stdout } = await promisify(execFile)(process.execPath, ['--import', preload, compiled], options)
      for (const [, printed] of code.matchAll(/\/\/ prints (.*)$/gm)) expect(stdout).toContain(printed)
    }
  },
  // One of them runs the whole contract of storages on a file.
  120_000,
)

test('the first unit test that the documentation shows has less than ten lines', () => {
  const { code = '' } = blocks.find(({ page, number }) => page === 'docs/testing.md' && number === 1) ?? {}
  expect(code).toContain('test(')
  expect(code.trimEnd().split('\n').length).toBeLessThan(10)
})

test('the contract that the documentation runs on a mount holds, case by case', async () => {
  // Without what ends a program at its first server.
  const { compiled = '' } = blocks.find(({ code }) => code.includes('httpContract(')) ?? {}
  const { stdout } = await promisify(execFile)(process.execPath, ['--test-reporter=tap', compiled])
  expect(stdout).toMatch(/^# pass 1\d\d$/m)
  expect(stdout).toMatch(/^# fail 0$/m)
})
