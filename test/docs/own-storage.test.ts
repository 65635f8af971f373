import { expect, test } from 'vitest'
import type { UsersStorage } from '../../src/index.js'
import { storageContract } from '../../src/testing/index.js'
import { compiledBlocks } from './code-blocks.js'

const { code = '', compiled = '' } =
  (await compiledBlocks('own-storage', 'docs/writing-a-storage.md')).find((block) =>
    block.code.includes('mapStorage('),
  ) ?? {}
// The code of the page, as it stands there.
const { mapStorage } = (await import(compiled)) as { mapStorage(): UsersStorage }

storageContract({ test, create: () => mapStorage() })

test('the storage of the documentation has little more than a hundred lines, none of them long, and needs the package alone', () => {
  const lines = code.trimEnd().split('\n')
  expect(lines.length).toBeLessThan(110)
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(120)
  expect(new Set([...code.matchAll(/from '(.+)'/g)].map(([, name]) => name))).toEqual(new Set(['rollbook']))
})
