import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { filesBelow, root, textOf } from './files.js'

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
  readonly peerDependencies: Readonly<Record<string, string>>
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional: boolean }>>
}
interface Locked {
  readonly version?: string
  readonly integrity?: string
}

const manifest: Manifest = JSON.parse(textOf('package.json'))
const locked: Readonly<Record<string, Locked>> = JSON.parse(textOf('package-lock.json')).packages

/** The lowest version that a range of carets takes. */
function floorOf(range: string): number[] {
  const lows = range.split('||').map((part) => part.trim().replace(/^\^/, '').split('.').map(Number))
  return lows.toSorted((one, other) => compared(one, other))[0] ?? []
}

function compared(one: readonly number[], other: readonly number[]): number {
  const place = one.findIndex((part, index) => part !== other[index])
  return place < 0 ? 0 : (one[place] ?? 0) - (other[place] ?? 0)
}

test('the package needs these five others, and one more is a decision [B-119]', () => {
  expect(Object.keys(manifest.dependencies)).toEqual([
    '@node-rs/argon2',
    'bowser',
    'nanoid',
    'rate-limiter-flexible',
    'valibot',
  ])
})

test('what a storage needs besides is optional, and has a range [B-119]', () => {
  expect(Object.keys(manifest.peerDependencies)).toEqual(['better-sqlite3', 'kysely', 'pg'])
  for (const name of Object.keys(manifest.peerDependencies)) {
    expect(manifest.peerDependenciesMeta[name]).toEqual({ optional: true })
    expect(manifest.peerDependencies[name]).toMatch(/^\^\d+\.\d+\.\d+( \|\| \^\d+\.\d+\.\d+)*$/)
  }
})

// Below these there are known faults: CVE-2026-44635 of kysely, endless loops of nanoid, another backend of argon2.
test.each([
  ['kysely', [0, 28, 17]],
  ['nanoid', [5, 1, 16]],
  ['@node-rs/argon2', [2, 2, 1]],
])('no version of %s is taken that is known to be unsafe [B-119]', (name, floor) => {
  const range = manifest.dependencies[name] ?? manifest.peerDependencies[name] ?? ''
  expect(compared(floorOf(range), floor)).toBeGreaterThanOrEqual(0)
})

test('the lockfile pins each package that is installed by its version and its SHA-512 [B-121]', () => {
  const installed = Object.entries(locked).filter(([place]) => place !== '' && existsSync(path.join(root, place)))
  expect(installed.length).toBeGreaterThan(100)
  const loose = installed.filter(
    ([, { version, integrity }]) => version === undefined || !/^sha512-[\w+/]{86}==$/.test(integrity ?? ''),
  )
  expect(loose.map(([place]) => place)).toEqual([])
})

test('of Node, the source loads nothing that reaches a network or starts a process [B-122]', () => {
  // The published test suites ask over HTTP, and are for tests.
  const files = filesBelow(['src', 'adapters'], '.ts').filter((file) => !file.startsWith('src/testing/'))
  const loaded = files.flatMap((file) =>
    [
      ...textOf(file).matchAll(
        /^(?:import|export)\b(?! type)[^'";]*'(node:[^']+)'|\b(?:import|require)\('(node:[^']+)'\)/gm,
      ),
    ].map(([, statically, dynamically]) => statically ?? dynamically),
  )
  // Of node:net only what reads the text of an address.
  expect([...new Set(loaded)].sort()).toEqual([
    'node:crypto',
    'node:diagnostics_channel',
    'node:events',
    'node:fs',
    'node:module',
    'node:net',
    'node:os',
    'node:path',
    'node:sqlite',
    'node:timers',
    'node:timers/promises',
    'node:url',
    'node:util',
    'node:worker_threads',
  ])
  const reaching = files.filter((file) =>
    /\bfetch\(|\bWebSocket\b|\bXMLHttpRequest\b|\bEventSource\b|process\.binding|\bconnect\(\{/.test(textOf(file)),
  )
  expect(reaching).toEqual([])
})
