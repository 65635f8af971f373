import { expect, test } from 'vitest'
import { isPlainObject, jsonFault } from '../../src/domain/json.js'

test.each([null, true, false, 0, -1, 1e21, 2 ** 53 - 1, 0.1, '', 'é😀', [], {}, { a: [1, { b: null }] }])(
  '%j is JSON',
  (value) => {
    expect(jsonFault(value, 20)).toBeUndefined()
  },
)

class Money {
  readonly amount = 1
}

test.each<[string, unknown, string]>([
  ['NaN', Number.NaN, 'must be a finite number'],
  ['Infinity', Number.POSITIVE_INFINITY, 'must be a finite number'],
  ['undefined', undefined, 'must be a JSON value'],
  ['a BigInt', 1n, 'must be a JSON value'],
  ['a function', () => 1, 'must be a JSON value'],
  ['a symbol', Symbol('x'), 'must be a JSON value'],
  ['a Date', new Date(0), 'must be a JSON value'],
  ['a Map', new Map(), 'must be a JSON value'],
  ['an instance', new Money(), 'must be a JSON value'],
  ['a boxed string', Object('x'), 'must be a JSON value'],
  ['a NUL', 'a\0b', 'must not contain U+0000'],
  ['a lone surrogate', 'a\ud800', 'must be well-formed Unicode'],
])('%s is found with its path [B-27, B-28, B-69]', (_, value, message) => {
  expect(jsonFault(value, 20)).toEqual({ path: '', message })
  expect(jsonFault({ a: { b: [0, value] } }, 20)).toEqual({ path: 'a.b.1', message })
})

test('a hole in an array is found', () => {
  const holed: unknown[] = [1]
  holed[2] = 3
  expect(jsonFault(holed, 20)).toEqual({ path: '1', message: 'must be a JSON value' })
})

test.each(['__proto__', 'constructor', 'prototype'])('the key %s is refused at any depth [B-65]', (key) => {
  const parsed: unknown = JSON.parse(`{"a":[{"${key}":{"polluted":1}}]}`)
  expect(jsonFault(parsed, 20)).toEqual({ path: `a.0.${key}`, message: 'is a name that is not allowed' })
})

test.each(['a\0b', '\udfff'])('the key %j is refused, as the same text is as a value [B-27, B-28]', (key) => {
  expect(jsonFault({ [key]: 1 }, 20)?.path).toBe(key)
})

test('depth is counted in levels of nesting [B-67]', () => {
  expect(jsonFault([[1]], 2)).toBeUndefined()
  expect(jsonFault([[[1]]], 2)).toEqual({ path: '0.0', message: 'is nested too deeply' })
})

test('nesting of any depth, and a cycle, end in a fault and not in a stack overflow [B-67]', () => {
  let deep: unknown = 1
  for (let level = 0; level < 20_000; level++) deep = level % 2 ? [deep] : { a: deep }
  expect(jsonFault(deep, 20)?.message).toBe('is nested too deeply')
  const cycle: Record<string, unknown> = {}
  cycle['self'] = cycle
  expect(jsonFault(cycle, 20)?.message).toBe('is nested too deeply')
})

test('plain objects are those of literals, JSON and Object.create(null)', () => {
  expect([{}, JSON.parse('{}'), Object.create(null)].every(isPlainObject)).toBe(true)
  expect([[], null, undefined, 'x', new Map(), new Money(), () => 1].some(isPlainObject)).toBe(false)
})
