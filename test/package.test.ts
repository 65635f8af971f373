import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { root, textOf } from './repository/files.js'

interface Packed {
  readonly files: readonly { readonly path: string }[]
  readonly filename: string
}
const manifest = JSON.parse(textOf('package.json'))
const folder = mkdtempSync(path.join(os.tmpdir(), 'rollbook-package-'))
const modules = path.join(folder, 'node_modules')
let packed: Packed

/** A project with the package and its runtime dependencies, and with none of the optional peers. */
beforeAll(() => {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]
  packed = JSON.parse(
    execFileSync('npm', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  )[0]
  execFileSync('tar', ['-xzf', packed.filename], { cwd: folder })
  mkdirSync(modules)
  cpSync(path.join(folder, 'package'), path.join(modules, 'rollbook'), { recursive: true })
  for (const name of Object.keys(manifest.dependencies)) {
    mkdirSync(path.dirname(path.join(modules, name)), { recursive: true })
    symlinkSync(path.join(root, 'node_modules', name), path.join(modules, name))
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function run(code: string, ...flags: string[]): string {
  return execFileSync(process.execPath, [...flags, '-e', code], { cwd: folder, encoding: 'utf8' }).trim()
}

test('the package holds the built code, its source, the documentation and nothing else', () => {
  const kinds = packed.files.map((file) => file.path.replace(/^((?:dist\/)?(?:src|adapters|docs)|[^/]+).*$/, '$1'))
  expect([...new Set(kinds)].sort()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'SECURITY.md',
    'adapters',
    'dist/adapters',
    'dist/src',
    'docs',
    'package.json',
    'src',
  ])
})

test.each(
  Object.keys(manifest.exports)
    .filter((subpath) => !subpath.endsWith('.json'))
    .map((subpath) => subpath.replace('.', 'rollbook')),
)('%s can be imported and required without any optional peer', (name) => {
  expect(run(`console.log(Object.keys(await import('${name}')).length > 0)`, '--input-type=module')).toBe('true')
  expect(run(`console.log(Object.keys(require('${name}')).length > 0)`)).toBe('true')
})

test('import and require give the same error classes', () => {
  expect(
    run("import('rollbook').then((core) => console.log(core.UsersError === require('rollbook').UsersError))"),
  ).toBe('true')
})

test('a storage whose peers are missing names them and the command that installs them', () => {
  const code = `try { require('rollbook/sqlite').sqliteStorage('users.db') } catch (error) { console.log(error.code, error.message) }`
  expect(run(code)).toBe('missing-peer the package kysely cannot be loaded: npm install kysely better-sqlite3')
})

describe('better-sqlite3', () => {
  const code =
    "try { require('rollbook/sqlite').sqliteStorage('x.db') } catch (error) { console.log(error.code, error.message) }"
  const driver = path.join(modules, 'better-sqlite3')
  beforeAll(() => symlinkSync(path.join(root, 'node_modules/kysely'), path.join(modules, 'kysely')))
  afterEach(() => rmSync(driver, { recursive: true, force: true }))

  /** Puts a package of this version in the place of the driver. */
  function installed(version: string, program: string): void {
    mkdirSync(driver)
    writeFileSync(path.join(driver, 'package.json'), JSON.stringify({ name: 'better-sqlite3', version }))
    writeFileSync(path.join(driver, 'index.js'), program)
  }

  test('that is missing is named, with the command that installs it', () => {
    expect(run(code)).toBe(
      'missing-peer the package better-sqlite3 cannot be loaded: npm install better-sqlite3 kysely',
    )
  })

  test('that was not built is told with the ways to build it', () => {
    installed(
      '12.11.1',
      "module.exports = class { constructor() { throw new Error('Could not locate the bindings file') } }",
    )
    expect(run(code)).toMatch(/^missing-peer .* not built: .*allowScripts.*pnpm approve-builds.*Node 22.*node:sqlite/)
  })

  test('that would end this process is refused before it is loaded', () => {
    installed('13.2.0', 'process.exit(139)')
    // As on Node 20, whichever Node runs this.
    const old = "Object.defineProperty(process.versions, 'napi', { value: '9' });"
    expect(run(old + code)).toMatch(/^missing-peer .* version 13\.2\.0 needs Node 22: npm install better-sqlite3@12$/)
  })
})

test('a service in memory works from the package alone', () => {
  const code = `
    const { createUsersService } = require('rollbook')
    const { memoryStorage } = require('rollbook/memory')
    const users = createUsersService({ storage: memoryStorage() })
    users.createUser({ email: 'ada@example.com', password: 'correct horse' })
      .then(() => users.signIn({ email: 'ada@example.com', password: 'correct horse' }))
      .then(({ user }) => console.log(user.email))`
  expect(run(code)).toBe('ada@example.com')
})

test('importing changes no global, and works with prototypes and code generation locked', () => {
  const flags = [
    '--frozen-intrinsics',
    '--disallow-code-generation-from-strings',
    '--disable-proto=throw',
    '--no-warnings',
  ]
  const code = `
    const before = Reflect.ownKeys(globalThis).length
    require('rollbook'); require('rollbook/memory'); require('rollbook/express'); require('rollbook/koa')
    console.log(Reflect.ownKeys(globalThis).length - before)`
  expect(run(code, ...flags)).toBe('0')
})
