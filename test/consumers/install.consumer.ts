import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { textOf } from '../repository/files.js'
import { emptyProject, type Project, project } from './project.js'
import { runtimes } from './runtimes.js'

const rounds = 15

/** The packages that npm has put into a project. */
function packagesOf({ folder }: Project): string[] {
  const { packages } = JSON.parse(readFileSync(path.join(folder, 'node_modules/.package-lock.json'), 'utf8'))
  return Object.keys(packages).map((place) => place.replace(/^.*node_modules\//, ''))
}

test('beside Express, npm installs the package and its runtime dependencies, and nothing else', async () => {
  const alone = emptyProject({ runtime: 20, files: 'express' })
  await alone.install('express@5')
  const both = await project({ runtime: 20, files: 'express', packages: ['express@5'] })
  const before = new Set(packagesOf(alone))
  const added = packagesOf(both).filter((name) => !before.has(name))
  // The binary of the hasher is a package of its own for each platform.
  const own = added.filter((name) => !name.startsWith('@node-rs/argon2-'))
  expect(own.sort()).toEqual(['rollbook', ...Object.keys(JSON.parse(textOf('package.json')).dependencies)].sort())
  expect(await both.run('app.mjs')).toBe('200 ada@example.com')
})

test.each(runtimes)(
  'on Node %i the import of the core loads no native code and takes no longer than that of Kysely',
  async (runtime) => {
    const { run } = await project({ runtime, files: 'core', packages: [`kysely@${runtime === 20 ? '0.28' : '0.29'}`] })
    expect(JSON.parse(await run('native.mjs'))).toEqual([])
    const times: Record<'rollbook' | 'kysely', number[]> = { rollbook: [], kysely: [] }
    for (let round = 0; round < rounds; round++) {
      // In turns, so that what else the machine does slows down both.
      for (const name of ['rollbook', 'kysely'] as const) times[name].push(Number(await run('import-time.mjs', name)))
    }
    console.info(`Node ${runtime}: rollbook ${median(times.rollbook)} ms, kysely ${median(times.kysely)} ms`)
    expect(median(times.rollbook)).toBeLessThanOrEqual(median(times.kysely))
  },
)

function median(values: readonly number[]): number {
  return Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN)
}
