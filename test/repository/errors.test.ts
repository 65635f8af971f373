import { expect, test } from 'vitest'
import { statusOf } from '../../src/http/errors.js'
import { filesBelow, textOf } from './files.js'

const source = filesBelow(['src/errors'], '.ts').map(textOf).join('\n')
const docs = textOf('docs/errors.md')

test('every error code is documented, and every documented code exists', () => {
  const codes = [...source.matchAll(/readonly code = '([a-z-]+)'/g)].map(([, code]) => code)
  const documented = [...docs.matchAll(/^\| `([a-z-]+)` \| `[A-Z]\w+` /gm)].map(([, code]) => code)
  expect(codes.length).toBeGreaterThan(15)
  expect(documented.toSorted()).toEqual(codes.toSorted())
})

test('the documented HTTP status of each code is the one that is answered', () => {
  const documented = [...docs.matchAll(/^\| `([a-z-]+)` \|.*\| (\d{3}) \|$/gm)].map(([, code, status]) => [
    code,
    Number(status),
  ])
  expect(Object.fromEntries(documented)).toEqual(statusOf)
})

test('every error class is in the union, by its code', () => {
  const classes = [...source.matchAll(/^export class (\w+) extends UsersError \{\n {2}readonly code = '([a-z-]+)'/gm)]
  const named = [...source.matchAll(/^ {4}'?([a-z-]+)'?: (\w+)$/gm)]
  expect(classes.length).toBe(source.match(/^export class /gm)?.length)
  expect(named.map(([, code, name]) => [code, name]).toSorted()).toEqual(
    classes.map(([, name, code]) => [code, name]).toSorted(),
  )
})
