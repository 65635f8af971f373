import path from 'node:path'
import { expect, test } from 'vitest'
import { filesBelow, textOf } from './files.js'

/** The files that each file imports, by whatever form of import, and of types too. */
const importsOf: ReadonlyMap<string, readonly string[]> = new Map(
  filesBelow(['src', 'adapters'], '.ts').map((file) => {
    const code = textOf(file).replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
    const targets = code.matchAll(/\bfrom '(\.[^']+)'|\bimport\('(\.[^']+)'\)|^import '(\.[^']+)'/gm)
    const fileOf = (target: string) => path.posix.join(path.posix.dirname(file), target).replace(/\.js$/, '.ts')
    return [file, [...targets].map(([, from, dynamic, alone]) => fileOf(from ?? dynamic ?? alone ?? ''))]
  }),
)

/** The first chain of imports that leads from a file back to itself, or `undefined`. */
function circleThrough(file: string): string[] | undefined {
  const seen = new Set<string>()
  const chains = [[file]]
  for (const chain of chains) {
    for (const target of importsOf.get(chain.at(-1) ?? '') ?? []) {
      if (target === file) return [...chain, file]
      if (!seen.has(target)) chains.push([...chain, target])
      seen.add(target)
    }
  }
  return undefined
}

test('no chain of imports leads back to where it began, not even of types', () => {
  expect([...importsOf.values()].flat().filter((target) => !importsOf.has(target))).toEqual([])
  const circles = [...importsOf.keys()].flatMap((file) => circleThrough(file)?.join(' > ') ?? [])
  expect(circles).toEqual([])
})
