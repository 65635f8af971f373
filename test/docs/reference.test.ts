import path from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../repository/files.js'
import { entryPoints, headedMembers, isMethod, referencePage } from './reference.js'

const entries = entryPoints()

test('everything that is exported has a doc comment, and so has every method of the service', () => {
  const bare = entries.flatMap(({ specifier, exports }) =>
    exports.flatMap((declaration) => [
      ...(declaration.comment === '' ? [`${specifier}: ${declaration.name}`] : []),
      ...headedMembers(declaration)
        .filter((member) => isMethod(member) && /^(?:@|$)/.test(member.comment))
        .map((member) => `${specifier}: ${declaration.name}.${member.name}`),
    ]),
  )
  expect(bare).toEqual([])
})

test('every way to import the package says what it is for', () => {
  expect(entries.filter(({ about }) => about === '').map(({ specifier }) => specifier)).toEqual([])
})

test('the page of reference is what the doc comments say (vitest -u writes it)', async () => {
  await expect(referencePage()).toMatchFileSnapshot(path.join(root, 'docs/reference.md'))
})
