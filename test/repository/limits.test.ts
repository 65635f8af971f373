import { expect, test } from 'vitest'
import { limits } from '../../src/domain/limits.js'
import { textOf } from './files.js'

test('the page of limits has a row for each limit, with its figure [B-123]', () => {
  const rows = [...textOf('docs/limits.md').matchAll(/^\| `(\w+)` \| ([\d,]+)/gm)].map(([, name, figure = '']) => [
    name,
    Number(figure.replaceAll(',', '')),
  ])
  expect(Object.fromEntries(rows)).toEqual(limits)
})
