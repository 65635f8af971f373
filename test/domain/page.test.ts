import * as v from 'valibot'
import { expect, test } from 'vitest'
import { checked } from '../../src/domain/input.js'
import { orderSchema, rangeFields } from '../../src/domain/page.js'

const schema = v.strictObject({ ...rangeFields, order: orderSchema })

test('a list without a query has 25 items from the start, oldest first, uncounted', () => {
  expect(checked(schema, {})).toEqual({ limit: 25, offset: 0, total: false, order: 'oldest-first' })
})

test.each([
  { limit: 0 },
  { limit: 100 },
  { offset: 0 },
  { offset: Number.MAX_SAFE_INTEGER },
  { after: '1' },
  { after: 'of a storage of any making' },
  { total: true },
  { order: 'newest-first' },
])('%j is a query', (query) => {
  expect(checked(schema, query)).toMatchObject(query)
})

test.each([
  ['limit', -1],
  ['limit', 101],
  ['limit', 1.5],
  ['limit', Number.NaN],
  ['limit', '5'],
  ['limit', null],
  ['offset', -1],
  ['offset', 2 ** 53],
  ['offset', Number.POSITIVE_INFINITY],
  ['after', 7],
  ['after', null],
  ['after', '1'.repeat(257)],
  ['total', 'yes'],
  ['order', 'ASC'],
  ['orderType', 'ASC'],
])('%s cannot be %j [B-22, B-23, B-70]', (path, value) => {
  expect(() => checked(schema, { [path]: value })).toThrow(expect.objectContaining({ code: 'invalid-input', path }))
})

test('every wrong field is told, the first one as the path of the error', () => {
  const wrong = () => checked(schema, { limit: -1, offset: -1, nonsense: 1 })
  expect(wrong).toThrow(
    expect.objectContaining({
      path: 'limit',
      issues: [
        expect.objectContaining({ path: 'limit' }),
        expect.objectContaining({ path: 'offset' }),
        { path: 'nonsense', message: 'is not a known field' },
      ],
    }),
  )
})
