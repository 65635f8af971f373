import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { root, textOf } from './files.js'

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

test('the package holds the built code, its source, the documentation and nothing else [B-120]', () => {
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
    'llms.txt',
    'package.json',
    'src',
  ])
})

test('every file is of a kind that belongs where it is: no test, no program to install it, no database [B-120]', () => {
  const kindOf = (file: string) => {
    const [, folder = '', ending = ''] =
      /^((?:dist\/)?(?:src|adapters)\/|docs\/)?.*?((?:\.d)?\.\w+(?:\.map)?)?$/.exec(file) ?? []
    return folder === '' ? file : `${folder}**${ending}`
  }
  expect([...new Set(packed.files.map((file) => kindOf(file.path)))].sort()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'SECURITY.md',
    'adapters/**.ts',
    'dist/adapters/**.d.ts',
    'dist/adapters/**.d.ts.map',
    'dist/adapters/**.js',
    'dist/adapters/**.js.map',
    'dist/src/**.d.ts',
    'dist/src/**.d.ts.map',
    'dist/src/**.js',
    'dist/src/**.js.map',
    'docs/**.json',
    'docs/**.md',
    'llms.txt',
    'package.json',
    'src/**.ts',
  ])
  expect(packed.files.filter((file) => /\.test\.|\.spec\.|^test\//.test(file.path))).toEqual([])
})

test('no file has a key, a token or the name of a folder of the machine that made it [B-120]', () => {
  const secret = /-----BEGIN [A-Z ]*PRIVATE KEY|\bnpm_\w{36}|\bgh[oprsu]_\w{36}|\bAKIA[0-9A-Z]{16}|_authToken/
  const found = packed.files
    .map((file) => ({ name: file.path, text: readFileSync(path.join(folder, 'package', file.path), 'utf8') }))
    .filter(({ text }) => secret.test(text) || text.includes(root))
  expect(found.map(({ name }) => name)).toEqual([])
})

test.each(
  Object.keys(manifest.exports)
    .filter((subpath) => !subpath.endsWith('.json'))
    .map((subpath) => subpath.replace('.', 'rollbook')),
)('%s can be imported and required without any optional peer [B-119]', (name) => {
  expect(run(`console.log(Object.keys(await import('${name}')).length > 0)`, '--input-type=module')).toBe('true')
  expect(run(`console.log(Object.keys(require('${name}')).length > 0)`)).toBe('true')
})

test('import and require give the same error classes', () => {
  expect(
    run("import('rollbook').then((core) => console.log(core.UsersError === require('rollbook').UsersError))"),
  ).toBe('true')
})

test('a storage whose peers are missing names them and the command that installs them [B-119]', () => {
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

test('a service in memory works from the package alone [B-119]', () => {
  const code = `
    const { createUsersService } = require('rollbook')
    const { memoryStorage } = require('rollbook/memory')
    const users = createUsersService({ storage: memoryStorage() })
    users.createUser({ email: 'ada@example.com', password: 'correct horse' })
      .then(() => users.signIn({ email: 'ada@example.com', password: 'correct horse' }))
      .then(({ user }) => console.log(user.email))`
  expect(run(code)).toBe('ada@example.com')
})

test('importing changes no global and no prototype [B-122]', () => {
  const code = `
    const names = Object.getOwnPropertyNames(globalThis).filter((name) => typeof globalThis[name] === 'function')
    const seen = () => JSON.stringify([globalThis, ...names.flatMap((name) => [globalThis[name], globalThis[name].prototype])]
      .filter((thing) => Object(thing) === thing)
      .map((thing) => Reflect.ownKeys(thing).map(String).sort()))
    const before = seen()
    for (const name of ['', '/memory', '/sqlite', '/postgres', '/express', '/koa', '/testing']) require('rollbook' + name)
    console.log(seen() === before)`
  expect(run(code, '--no-warnings')).toBe('true')
})

// What a host may forbid to all code of its process.
const locks = ['--disallow-code-generation-from-strings', '--disable-proto=throw', '--no-warnings']
test.each([
  ['memory', 'memoryStorage()', [...locks, '--frozen-intrinsics']],
  // Its driver looks for its native part by what --frozen-intrinsics forbids.
  ['sqlite', "sqliteStorage(':memory:')", locks],
])(
  'signing in and asking over HTTP work with prototypes and code generation locked, on %s [B-122]',
  (name, made, flags) => {
    for (const peer of name === 'sqlite' ? ['kysely', 'better-sqlite3'] : []) {
      rmSync(path.join(modules, peer), { recursive: true, force: true })
      symlinkSync(path.join(root, 'node_modules', peer), path.join(modules, peer))
    }
    const code = `
    const { createServer } = require('node:http')
    const { createUsersService, refuseCommonPasswords } = require('rollbook')
    const { apiKeys, expressUsers } = require('rollbook/express')
    const { memoryStorage } = require('rollbook/memory')
    const { sqliteStorage } = require('rollbook/sqlite')
    const users = createUsersService({ storage: ${made}, passwordPolicy: { refuse: refuseCommonPasswords() } })
    const login = { email: 'ada@example.com', password: 'correct horse' }
    const by = { ip: '::1', userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36' }
    const server = createServer(expressUsers({ users, authorize: apiKeys(['key']) }))
    async function main() {
      const { id } = await users.createUser(login)
      await users.updateUserPrefs(id, { prefs: { theme: 'dark' } })
      const { secret } = await users.signIn(login, { by })
      const { user } = await users.verifyUserSession(secret)
      await new Promise((done) => server.listen(0, '127.0.0.1', done))
      const url = 'http://127.0.0.1:' + server.address().port
      const headers = { 'X-Appwrite-Key': 'key', 'Content-Type': 'application/json' }
      const answers = await Promise.all([
        fetch(url + '/users?search=ADA', { headers }),
        fetch(url + '/users/' + id + '/sessions', { headers }),
        fetch(url + '/users/' + id + '/prefs', { method: 'PATCH', headers, body: '{"prefs":{"size":1}}' }),
        fetch(url + '/users/' + id + '/sessions', { method: 'DELETE', headers }),
      ])
      console.log(user.email, ...answers.map(({ status }) => status))
      server.close()
      await users.close()
    }
    main()`
    expect(run(code, ...flags)).toBe('ada@example.com 200 200 200 200')
  },
)

test('nothing can be imported but what the package exports [B-120]', () => {
  for (const name of ['dist/src/index.js', 'src/index.ts', 'dist/adapters/sql/columns.js', 'sql']) {
    expect(run(`try { require('rollbook/${name}') } catch ({ code }) { console.log(code) }`)).toBe(
      'ERR_PACKAGE_PATH_NOT_EXPORTED',
    )
  }
  expect(manifest.sideEffects).toBe(false)
})
