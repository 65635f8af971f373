import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { usersConfig, writtenBlocks } from './code-blocks.js'

const run = promisify(execFile)
const blocks = writtenBlocks()
const folder = path.dirname(blocks[0]?.file ?? '')
const tsc = path.join(createRequire(import.meta.url).resolve('typescript/package.json'), '../bin/tsc')

beforeAll(async () => {
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(usersConfig))
  await run(process.execPath, [tsc, '-p', folder]).catch(({ stdout }) => expect.fail(stdout))
})

test('the documentation has code', () => {
  expect(blocks.length).toBeGreaterThan(3)
})

test.each(blocks)('the code of $page, block $number, runs as it stands there', async ({ file }) => {
  const preload = path.join(import.meta.dirname, 'stop-when-listening.mjs')
  const compiled = path.join(folder, 'out', `${path.basename(file, '.ts')}.js`)
  const cwd = mkdtempSync(path.join(os.tmpdir(), 'rollbook-docs-'))
  try {
    await run(process.execPath, ['--import', preload, compiled], {
      cwd,
      env: { ...process.env, PORT: '0' },
      timeout: 20_000,
    })
  } finally {
    rmSync(cwd, { recursive: true, force: true })
  }
})
