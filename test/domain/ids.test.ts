import { expect, test } from 'vitest'
import { isId, newIdSchema, timeOrderedId } from '../../src/domain/ids.js'
import { checked } from '../../src/domain/input.js'
import { InvalidInputError } from '../../src/errors/index.js'

test('an id that is made has 20 characters of 0-9a-z, and can be an id', () => {
  for (let time = 0; time < 200; time++) {
    const id = timeOrderedId(new Date(time * 1e10))
    expect(id).toMatch(/^[0-9a-z]{20}$/)
    expect(isId(id)).toBe(true)
  }
})

test('ids sort by the time at which they were made', () => {
  const start = Date.UTC(2026, 0, 1)
  const times = [0, 1, 2, 35, 36, 37, 1e3, 6e4, 36e5, 1e9, 1e10, 1e11, 1e12]
  const ids = times.map((later) => timeOrderedId(new Date(start + later)))
  expect(ids.toSorted()).toEqual(ids)
})

test('ids of one millisecond differ', () => {
  const now = new Date(0)
  expect(new Set(Array.from({ length: 10_000 }, () => timeOrderedId(now))).size).toBe(10_000)
})

test('a clock far in the past or the future still makes an id', () => {
  for (const time of [-8.64e15, -1, 0, 36 ** 8, 8.64e15])
    expect(timeOrderedId(new Date(time))).toMatch(/^[0-9a-z]{20}$/)
})

test.each(['a', 'A', '0', 'ada', 'ada.lovelace_1-2', 'x'.repeat(36)])('%j can be chosen as an id', (id) => {
  expect(checked(newIdSchema, id)).toBe(id)
})

test.each([
  '',
  '.a',
  '-a',
  '_a',
  'a b',
  'a/b',
  'a\n',
  'é',
  'x'.repeat(37),
  '..',
  'a%2e',
  "a'",
  'a\0',
  '__proto__',
  'role:admin',
  '*',
  'x'.repeat(10_000),
])('%j cannot be chosen as an id [B-14]', (id) => {
  expect(() => checked(newIdSchema, id)).toThrow(InvalidInputError)
  expect(isId(id)).toBe(false)
})
