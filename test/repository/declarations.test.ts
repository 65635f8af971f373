import path from 'node:path'
import { expect, test } from 'vitest'
import { textOf } from './files.js'

const { exports, dependencies } = JSON.parse(textOf('package.json'))
const entries = Object.values<string>(exports)
  .filter((target) => target.endsWith('.js'))
  .map((target) => path.posix.normalize(target).replace(/\.js$/, '.d.ts'))

/** Everything that the compiler of a user reads from the entry points on, and the packages that it looks for. */
function readFromEntries(): { readonly files: ReadonlySet<string>; readonly packages: ReadonlySet<string> } {
  const files = new Set(entries)
  const packages = new Set<string>()
  for (const file of files) {
    const code = textOf(file).replaceAll(/\/\*[\s\S]*?\*\//g, '')
    for (const [, from = ''] of code.matchAll(/(?:\bfrom |\bimport\(|\bimport )['"]([^'"]+)['"]/g)) {
      if (from.startsWith('.')) {
        files.add(path.posix.join(path.posix.dirname(file), from).replace(/\.js$/, '.d.ts'))
      } else if (!from.startsWith('node:')) packages.add(from)
    }
  }
  return { files, packages }
}

test('the declarations need no package that is not installed with this one', () => {
  const { files, packages } = readFromEntries()
  expect(files.size).toBeGreaterThan(entries.length)
  expect([...packages].filter((name) => !(name in dependencies))).toEqual([])
})
