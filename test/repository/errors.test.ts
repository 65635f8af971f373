import { expect, test } from 'vitest'
import { statusOf } from '../../src/http/status.js'
import { filesBelow, textOf } from './files.js'

const union = textOf('src/errors/index.ts').split('export type AnyUsersError =')[1] ?? ''
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

test('every error class is in the union', () => {
  const classes = [...source.matchAll(/^export class (\w+)/gm)].map(([, name]) => name)
  const named = [...union.matchAll(/^ {2}\| (\w+)/gm)].map(([, name]) => name)
  expect(named.toSorted()).toEqual(classes.toSorted())
})
