import { expect, test } from 'vitest'
import { idAt, idPosition, rowAt, rowPosition } from '../../src/ports/positions.js'

const refused = expect.objectContaining({
  code: 'invalid-input',
  issues: [{ path: 'after', message: 'must be the next of an earlier page' }],
})

test.each([1, 7, 2 ** 31, Number.MAX_SAFE_INTEGER])('the position of row %i leads to it', (row) => {
  expect(rowAt(rowPosition(row))).toBe(row)
})

test.each(['a', '0', 'user-1', 'A.b_c-d', 'x'.repeat(36)])('the position of the id %s leads to it', (id) => {
  expect(idAt(idPosition(id))).toBe(id)
})

test.each(['', '0', '-1', '1; drop table users', '9007199254740993', '1e3', 'abc', '9'.repeat(100), idPosition('1')])(
  '%j is no position of a row [B-70]',
  (position) => {
    expect(() => rowAt(position)).toThrow(refused)
  },
)

test.each(['', '0', 'abc', 'id:', 'id:-', 'id:a b', `id:${'x'.repeat(37)}`, rowPosition(1)])(
  '%j is no position of an id',
  (position) => {
    expect(() => idAt(position)).toThrow(refused)
  },
)
