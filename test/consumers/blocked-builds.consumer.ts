import { expect, inject, test } from 'vitest'
import { emptyProject, project } from './project.js'

// What each way out of a blocked build is called, in the order of the sentence.
const cures = ['allowScripts', 'pnpm approve-builds', 'better-sqlite3 13', 'node:sqlite']
const notBuilt = new RegExp(`^missing-peer .*its native part was not built.*${cures.join('.*')}`)

test('npm 12 leaves better-sqlite3 12 unbuilt, and who opens a file is told every way out', async () => {
  const made = emptyProject({ runtime: 24, files: 'blocked' })
  const packages = [inject('tarball'), 'better-sqlite3@12', 'kysely@0.29']
  const { code, stderr } = await made.command('npx', '--yes', '--package', 'npm@12', 'npm', 'install', ...packages)
  expect([code, stderr]).toEqual([0, expect.stringContaining('blocked')])
  expect(await made.run('open.mjs')).toMatch(notBuilt)
})

test.each([10, 11])(
  'pnpm %i leaves better-sqlite3 12 unbuilt, and who opens a file is told every way out',
  async (pnpm) => {
    const made = emptyProject({ runtime: 24, files: 'blocked' })
    const packages = [inject('tarball'), 'better-sqlite3@12', 'kysely@0.29']
    const { stdout } = await made.command('npx', '--yes', `pnpm@${pnpm}`, 'add', ...packages)
    expect(stdout).toContain('Ignored build scripts')
    expect(await made.run('open.mjs')).toMatch(notBuilt)
  },
)

test('pnpm needs no permission for better-sqlite3 13', async () => {
  const made = emptyProject({ runtime: 24, files: 'blocked' })
  await made.command('npx', '--yes', 'pnpm@10', 'add', inject('tarball'), 'better-sqlite3@13', 'kysely@0.29')
  expect(await made.run('open.mjs')).toBe('opened')
})

test('better-sqlite3 13 would end a process of Node 20: the library says so in a sentence', async () => {
  const packages = ['better-sqlite3@13', 'kysely@0.28']
  const { node } = await project({ runtime: 20, files: 'blocked', packages })
  const { code, stdout } = await node('open.mjs')
  const sentence = /^missing-peer .*better-sqlite3.* version 13\.\S+ needs Node 22: npm install better-sqlite3@12\n$/
  expect([code, stdout]).toEqual([0, expect.stringMatching(sentence)])
  // It is no guard against nothing.
  const { code: unguarded } = await node('-e', "new (require('better-sqlite3'))('users.db')")
  expect(unguarded).toBe('SIGSEGV')
})
