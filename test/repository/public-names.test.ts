import path from 'node:path'
import { expect, test } from 'vitest'
import type { Declaration } from '../docs/declarations.js'
import { entryPoints } from '../docs/reference.js'
import { root, textOf } from './files.js'

const entries = entryPoints().map(({ specifier, exports }) => ({
  specifier,
  types: namesOf(exports.filter(({ code }) => isType(code))),
  values: namesOf(exports.filter(({ code }) => !isType(code))),
}))

/** Each once, in order: a function may be declared several times. */
function namesOf(declarations: readonly Declaration[]): string[] {
  return [...new Set(declarations.map(({ name }) => name))].sort()
}

function isType(code: string): boolean {
  return /^(?:export )?(?:declare )?(?:interface|type) /.test(code)
}

// A change of them is a decision, which `vitest run test/repository/public-names.test.ts --update` writes down.
test('the public names of every entry, values and types, are those of the list', async () => {
  const list = entries.map(({ specifier, types, values }) =>
    [specifier, ...values.map((name) => `  ${name}`), ...types.map((name) => `  type ${name}`)].join('\n'),
  )
  await expect(`${list.join('\n\n')}\n`).toMatchFileSnapshot('public-names.txt')
})

test('the values that the declarations name are those that each entry has', async () => {
  const { exports } = JSON.parse(textOf('package.json')) as { exports: Record<string, string> }
  for (const { specifier, values } of entries) {
    const file = exports[specifier.replace('rollbook', '.')] ?? ''
    expect([specifier, ...Object.keys(await import(path.join(root, file))).sort()]).toEqual([specifier, ...values])
  }
})
