import { copyFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Project, project } from './project.js'

/** The compilers: the oldest that is promised, the last one before the native one, and that. */
const compilers = { 'ts-5.4': '5.4', 'ts-5.9': '5.9', 'ts-7': '7' } as const
type Compiler = keyof typeof compilers

/** What a `.ts` file without more is depends on the project; `.mts` is an ES module and `.cts` is CommonJS. */
type Kind = 'ts' | 'mts' | 'cts'
const everywhere: readonly Compiler[] = ['ts-5.4', 'ts-5.9', 'ts-7']
const settings: readonly (readonly [module: string, resolution: string, kind: Kind, compilers: readonly Compiler[]])[] =
  [
    ['nodenext', 'nodenext', 'mts', everywhere],
    ['node16', 'node16', 'mts', everywhere],
    ['esnext', 'bundler', 'ts', everywhere],
    // From TypeScript 5.8 on a CommonJS file may require an ES module.
    ['nodenext', 'nodenext', 'cts', ['ts-5.9', 'ts-7']],
    ['commonjs', 'bundler', 'ts', ['ts-7']],
    // The old resolution, which TypeScript 7 no longer has.
    ['commonjs', 'node10', 'ts', ['ts-5.4', 'ts-5.9']],
  ]
const rows = settings.flatMap(([module, resolution, kind, those]) =>
  those.map((compiler) => ({ compiler, module, resolution, kind })),
)

async function diagnostics(made: Project, compiler: Compiler, module: string, resolution: string, file: string) {
  const tsc = `node_modules/${compiler}/bin/tsc`
  const strict = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', 'false', '--types', 'node']
  const target = ['--target', 'es2022', '--module', module, '--moduleResolution', resolution]
  const { code, stdout } = await made.node(tsc, ...strict, ...target, file)
  return { code, lines: stdout.split('\n').filter((line) => line !== '') }
}

describe('with skipLibCheck off and none of the optional peers, every entry point compiles', () => {
  let made: Project
  beforeAll(async () => {
    const packages = Object.entries(compilers).map(([name, version]) => `${name}@npm:typescript@${version}`)
    made = await project({ runtime: 20, files: 'typescript', packages: [...packages, '@types/node@20'] })
    for (const kind of ['mts', 'cts']) {
      copyFileSync(path.join(made.folder, 'every-entry.ts'), path.join(made.folder, `every-entry.${kind}`))
    }
  })

  test.each(rows)('by $compiler with module $module, resolution $resolution, in a .$kind file', async (row) => {
    const { compiler, module, resolution, kind } = row
    const found = await diagnostics(made, compiler, module, resolution, `every-entry.${kind}`)
    expect(found).toEqual({ code: 0, lines: [] })
  })

  test('but not in a CommonJS file with module node16, where the compiler forbids to require an ES module', async () => {
    const { lines } = await diagnostics(made, 'ts-5.9', 'node16', 'node16', 'every-entry.cts')
    expect(new Set(lines.map((line) => /error (TS\d+)/.exec(line)?.[1]))).toEqual(new Set(['TS1479']))
  })
})

describe('the types of the hosts fit: node:sqlite, better-sqlite3, pg and Kysely', () => {
  test.each(['0.28', '0.29'])('%s', async (kysely) => {
    const made = await project({
      runtime: 24,
      files: 'hosts',
      packages: [`kysely@${kysely}`, '@types/node@24', '@types/better-sqlite3', '@types/pg', 'ts-7@npm:typescript@7'],
    })
    expect(await diagnostics(made, 'ts-7', 'nodenext', 'nodenext', 'hosts.mts')).toEqual({ code: 0, lines: [] })
  })
})
