import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { textOf } from '../repository/files.js'
import { passed } from './node-test-report.js'
import { project } from './project.js'
import type { Runtime } from './runtimes.js'

const rows: readonly (readonly [runtime: Runtime, kysely: '0.28' | '0.29'])[] = [
  [22, '0.28'],
  [22, '0.29'],
  [24, '0.28'],
  [24, '0.29'],
  [26, '0.29'],
]

test.each([22, 24, 26] as const)('the recipe runs as it stands on Node %i', async (runtime) => {
  const { folder, run } = await project({ runtime, files: 'node-sqlite', packages: ['kysely'] })
  const [, recipe = ''] = /^```js\n(.*?)^```$/ms.exec(textOf('docs/recipes.md')) ?? []
  writeFileSync(path.join(folder, 'app.mjs'), recipe)
  expect(await run('app.mjs')).toBe('Ada')
})

describe.concurrent('sqliteStorage on node:sqlite, with no native driver installed,', () => {
  test.each(rows)(
    'keeps the storage contract and the laws of a handle on Node %i with Kysely %s',
    async (runtime, kysely) => {
      const { run, versionOf } = await project({ runtime, files: 'node-sqlite', packages: [`kysely@${kysely}`] })
      expect(versionOf('kysely')).toMatch(new RegExp(`^${kysely}\\.`))
      expect(() => versionOf('better-sqlite3')).toThrow('ENOENT')
      expect(passed(await run('--test-reporter=tap', 'contract.test.mjs'))).toBeGreaterThan(3 * 200)
      expect(passed(await run('--test-reporter=tap', 'handle.test.mjs'))).toBe(7)
    },
  )
})
