import { describe, expect, test } from 'vitest'
import { passed } from './node-test-report.js'
import { project } from './project.js'
import type { Runtime } from './runtimes.js'

/** Each Node with each version of the driver that it can run, and both versions of Kysely with either driver. */
const rows: readonly (readonly [runtime: Runtime, driver: 12 | 13, kysely: '0.28' | '0.29'])[] = [
  [20, 12, '0.28'],
  [22, 12, '0.29'],
  [22, 13, '0.28'],
  [24, 13, '0.29'],
  [26, 12, '0.29'],
  [26, 13, '0.28'],
]

// One after another: a compiler needs the machine for itself.
describe('sqliteStorage keeps the storage contract', () => {
  test.each(rows)('on Node %i with better-sqlite3 %i and Kysely %s', async (runtime, driver, kysely) => {
    const { run, versionOf } = await project({
      runtime,
      files: 'storage',
      packages: [`better-sqlite3@${driver}`, `kysely@${kysely}`],
      // Without it npm 12 does not build the driver.
      manifest: { allowScripts: { 'better-sqlite3': true } },
    })
    expect(versionOf('better-sqlite3')).toMatch(new RegExp(`^${driver}\\.`))
    expect(versionOf('kysely')).toMatch(new RegExp(`^${kysely}\\.`))
    expect(passed(await run('storage.test.mjs'))).toBeGreaterThan(200)
  })
})

// Built with the headers of Node 24.19 and newer, version 12 ends the process with an assertion of Node's when the
// garbage collector frees one of its objects at a bad moment. Once this fails, the pair belongs to the rows above.
test('better-sqlite3 12 itself ends a process of Node 24: version 13 is the one for it', async () => {
  const { node } = await project({
    runtime: 24,
    files: 'storage',
    packages: ['better-sqlite3@12', 'kysely@0.28'],
    manifest: { allowScripts: { 'better-sqlite3': true } },
  })
  const { code, stderr } = await node('storage.test.mjs')
  expect([code, stderr]).toEqual(['SIGABRT', expect.stringContaining('RemoveEnvironmentCleanupHook')])
})
