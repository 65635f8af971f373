import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { compileBlocks } from './code-blocks.js'
import { commentExamples } from './comment-examples.js'

const blocks = await compileBlocks('docs-code', commentExamples())

test('the documentation has code', () => {
  expect(blocks.length).toBeGreaterThan(3)
})

// These read the database of another system: tests of their own give them one.
const migrations = /^docs\/from-/
const runnable = blocks.filter(({ page }) => !migrations.test(page))

test.each(runnable)('the code of $page, block $number, runs as it stands there, and again', async ({ compiled }) => {
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
