import { expect, test } from 'vitest'
import { entryPoints } from '../docs/reference.js'

const found = entryPoints().flatMap(({ exports }) => exports.filter(({ name }) => name.endsWith('Options')))
const interfaces = [...new Map(found.map((declaration) => [declaration.name + declaration.code, declaration])).values()]

interface Property {
  readonly name: string
  readonly comment: string
  readonly isOptional: boolean
}

/** The properties of an interface, and those of objects in it. */
function propertiesOf(code: string): readonly Property[] {
  // Parameters of functions are no options.
  const own = code.replaceAll(/\(\w+\??: \{[^}]*\}\)/g, '()')
  const matches = own.matchAll(/((?:\/\*\*(?:[^*]|\*(?!\/))*\*\/\s*)?)\n *(?:readonly )?(\w+)(\??): /g)
  return [...matches].map(([, comment = '', name = '', mark]) => ({ name, comment, isOptional: mark === '?' }))
}

const properties = interfaces.flatMap(({ name: owner, code }) =>
  propertiesOf(code).map((property) => ({ ...property, name: `${owner}.${property.name}` })),
)

test('every public option has a doc comment, which an editor shows', () => {
  expect(properties.length).toBeGreaterThan(30)
  expect(properties.filter(({ comment }) => comment === '').map(({ name }) => name)).toEqual([])
})

test('the comment of an optional option says what holds without it', () => {
  const silent = properties.filter(
    ({ comment, isOptional }) => isOptional && !/\bdefault\b|\bwhen absent\b/i.test(comment),
  )
  expect(silent.map(({ name }) => name)).toEqual([])
})
