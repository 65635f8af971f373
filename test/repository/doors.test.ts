import path from 'node:path'
import { expect, test } from 'vitest'
import { filesBelow, textOf } from './files.js'

// Which rooms a room may import from, besides itself. Everyone may import the errors. A room in another one comes first.
const doors: readonly (readonly [room: string, open: readonly string[]])[] = [
  ['src/errors', []],
  ['src/domain', []],
  ['src/ports', ['src/domain']],
  ['src/passwords', ['src/domain', 'src/ports']],
  ['src/user-agent', ['src/domain', 'src/ports']],
  ['src/service', ['src/domain', 'src/ports', 'src/passwords', 'src/user-agent']],
  ['src/http/dialects/classic', ['src/domain', 'type src/service', 'src/http']],
  ['src/http/dialects/index', ['src/http/dialects/classic']],
  // What hosts call knows the list of dialects; the rest of the room is given one.
  ['src/http/api-keys', ['src/domain', 'src/http', 'src/http/dialects/index']],
  ['src/http/options', ['src/domain', 'src/ports', 'src/service', 'src/http', 'src/http/dialects/index']],
  ['src/http/index', ['src/http', 'src/http/api-keys', 'type src/http/options']],
  ['src/http', ['src/domain', 'src/ports', 'src/service']],
  [
    'src/testing',
    ['src/domain', 'src/ports', 'src/service', 'adapters/memory', 'type src/http', 'type src/http/dialects/classic'],
  ],
  ['src/index', ['src/domain', 'src/passwords', 'src/ports', 'src/service']],
  ['adapters/sql', ['src/domain', 'src/ports']],
  ['adapters/memory', ['src/domain', 'src/ports']],
  ['adapters/sqlite', ['src/domain', 'src/ports', 'adapters/sql']],
  ['adapters/postgres', ['src/domain', 'src/ports', 'adapters/sql']],
  ['adapters/express', ['src/http', 'src/http/index', 'src/http/options']],
  ['adapters/koa', ['src/http', 'src/http/index', 'src/http/options']],
  ['adapters/fastify', ['src/http', 'src/http/index', 'src/http/options', 'type src/ports']],
  ['adapters/fetch', ['src/http', 'src/http/index', 'src/http/options']],
]
const packages: Readonly<Record<string, readonly string[]>> = {
  'src/domain': ['nanoid', 'valibot'],
  'src/passwords': ['@node-rs/argon2', 'valibot'],
  'src/user-agent': ['bowser'],
  'src/service': ['valibot'],
  'src/http': ['rate-limiter-flexible', 'valibot'],
  'src/http/api-keys': ['valibot'],
  'src/http/options': ['valibot'],
  'src/testing': ['valibot'],
  'adapters/sql': ['type kysely'],
  'adapters/sqlite': ['type kysely', 'type better-sqlite3'],
  'adapters/postgres': ['type kysely', 'type pg'],
}

test('no file goes through a wall: each room imports only through its doors', () => {
  const walls: string[] = []
  for (const file of filesBelow(['src', 'adapters'], '.ts')) {
    const [room, open] = roomOf(file) ?? [undefined, []]
    if (room === undefined) walls.push(`${file} is in no room`)
    else for (const wall of wallsIn(file, room, open)) walls.push(wall)
  }
  expect(walls).toEqual([])
})

function roomOf(file: string) {
  return doors.find(([room]) => file === `${room}.ts` || file.startsWith(`${room}/`))
}

function wallsIn(file: string, room: string, open: readonly string[]): string[] {
  const imports = textOf(file).matchAll(/^(?:import|export)( type)?\s[^'";]*?from '([^']+)'|\bimport\('([^']+)'\)/gm)
  return [...imports]
    .map(([, type = '', from, dynamic]) => ({ type: type.trim(), from: from ?? dynamic ?? '' }))
    .filter(({ type, from }) => !isOpen(file, room, open, type, from))
    .map(({ from }) => `${file} imports ${from}`)
}

function isOpen(file: string, room: string, open: readonly string[], type: string, from: string): boolean {
  if (from.startsWith('node:')) return true
  if (!from.startsWith('.')) {
    const allowed = packages[room] ?? []
    return allowed.includes(from) || (type === 'type' && allowed.includes(`type ${from}`))
  }
  const target = roomOf(path.posix.join(path.posix.dirname(file), from).replace(/\.js$/, '.ts'))?.[0]
  if (target === undefined) return false
  const always = target === room || target === 'src/errors'
  return always || open.includes(target) || (type === 'type' && open.includes(`type ${target}`))
}
