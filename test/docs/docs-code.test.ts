import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { compileBlocks } from './code-blocks.js'

const blocks = await compileBlocks('docs-code')

test('the documentation has code', () => {
  expect(blocks.length).toBeGreaterThan(3)
})

test.each(blocks)('the code of $page, block $number, runs as it stands there, and again', async ({ compiled }) => {
  const preload = path.join(import.meta.dirname, 'stop-when-listening.mjs')
  const cwd = mkdtempSync(path.join(os.tmpdir(), 'rollbook-docs-'))
  try {
    const options = { cwd, env: { ...process.env, PORT: '0' }, timeout: 20_000 }
    // A newcomer starts it twice, in the same folder.
    for (const _ of ['first', 'second']) {
      await promisify(execFile)(process.execPath, ['--import', preload, compiled], options)
    }
  } finally {
    rmSync(cwd, { recursive: true, force: true })
  }
})

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
