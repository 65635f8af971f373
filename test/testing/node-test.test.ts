import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { storageContract } from '../../src/testing/index.js'

test('the fake and the contract of storages run whole under node:test', async () => {
  const file = path.join(import.meta.dirname, '../processes/node-test.mjs')
  const { stdout } = await promisify(execFile)(process.execPath, ['--test-reporter=tap', file], {
    maxBuffer: 16 * 1024 * 1024,
  })
  const names: string[] = []
  storageContract({ test: (name) => names.push(name), create: memoryStorage })
  expect(stdout).toMatch(/^# fail 0$/m)
  // Three of the fake's own.
  expect(stdout).toMatch(new RegExp(`^# pass ${names.length + 3}$`, 'm'))
})
