import { performance } from 'node:perf_hooks'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../src/domain/json.js'
import { checkedPrefs, mergePrefs } from '../../src/domain/prefs.js'

const refused = (path: string) => expect.objectContaining({ code: 'invalid-input', path })

test('a merge replaces the settings that are given, whole, and keeps the others', () => {
  expect(mergePrefs({ a: 1, b: { x: 1 } }, { b: { y: 2 }, c: 3 })).toEqual({ a: 1, b: { y: 2 }, c: 3 })
})

test('null removes a setting at the top level, and is a value below it [B-69]', () => {
  expect(mergePrefs({ a: 1, b: 2 }, { a: null, z: null })).toEqual({ b: 2 })
  expect(mergePrefs({}, { a: { b: null }, c: [null] })).toEqual({ a: { b: null }, c: [null] })
})

test('a merge changes neither of what it merges', () => {
  const before = Object.freeze({ a: 1 })
  const change = Object.freeze({ a: 2, b: null })
  expect(mergePrefs(before, change)).toEqual({ a: 2 })
  expect(before).toEqual({ a: 1 })
})

test('the order of the keys stays', () => {
  expect(Object.keys(mergePrefs({ z: 1, a: 1 }, { m: 1, z: 2 }))).toEqual(['z', 'a', 'm'])
})

test('merging changes one after the other equals merging them as one, the later winning', () => {
  const prefs = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof(fc.integer(), fc.constant(null), fc.string()))
  fc.assert(
    fc.property(prefs, prefs, prefs, (start, one, other) => {
      const base = mergePrefs({}, start)
      expect(mergePrefs(mergePrefs(base, one), other)).toEqual(mergePrefs(base, { ...one, ...other }))
    }),
  )
})

test.each(['__proto__', 'constructor', 'prototype'])('the key %s pollutes nothing and is refused [B-65]', (key) => {
  const hostile: unknown = JSON.parse(`{"ok":1,"${key}":{"polluted":1,"prototype":{"polluted":1}}}`)
  expect(() => checkedPrefs(hostile)).toThrow(refused(`prefs.${key}`))
  expect(Reflect.get({}, 'polluted')).toBeUndefined()
})

const attacks = ["a'b", 'a"b', 'a.b', 'a[0]', '$', '*', '', 'a\\', "'; drop table users--", '😀', 'hasOwnProperty', '0']
test.each([...attacks, 'k'.repeat(10_000)])('the key %j is a key like any other [B-66]', (key) => {
  const merged = mergePrefs({}, checkedPrefs({ [key]: 1 }))
  expect(Object.entries(merged)).toEqual([[key, 1]])
})

test('values come back as JSON gives them back [B-69]', () => {
  const prefs = checkedPrefs({ n: null, e: '', z: 0, m: -0, b: 1e21, s: 2 ** 53 - 1, d: 0.1, u: 'é😀', o: {}, a: [] })
  expect(JSON.stringify(prefs)).toBe(
    '{"n":null,"e":"","z":0,"m":0,"b":1e+21,"s":9007199254740991,"d":0.1,"u":"é😀","o":{},"a":[]}',
  )
  expect(Object.is(prefs['m'], 0)).toBe(true)
})

test('nothing is shared with the caller [B-69]', () => {
  const mine = { list: [1], deep: { x: 1 } }
  const prefs = checkedPrefs(mine)
  mine.list.push(2)
  mine.deep.x = 2
  expect(prefs).toEqual({ list: [1], deep: { x: 1 } })
})

test.each([null, undefined, 'x', '{}', 1, true, [], [{ a: 1 }], new Map(), () => 1])(
  '%s is no prefs [B-69]',
  (value) => {
    expect(() => checkedPrefs(value)).toThrow(refused('prefs'))
  },
)

test.each<[string, unknown]>([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['undefined', undefined],
  ['a Date', new Date(0)],
  ['a BigInt', 1n],
  ['a function', () => 1],
  ['a NUL', '\0'],
  ['a lone surrogate', '\ud800'],
])('%s as a value is refused by its path [B-27, B-28, B-69]', (_, value) => {
  expect(() => checkedPrefs({ ok: 1, a: { b: [value] } })).toThrow(refused('prefs.a.b.0'))
})

test('20 levels are taken and 21 are not [B-67]', () => {
  const nested = (levels: number): JsonObject => (levels === 1 ? {} : { a: nested(levels - 1) })
  expect(checkedPrefs(nested(20))).toEqual(nested(20))
  expect(() => checkedPrefs(nested(21))).toThrow('is nested too deeply')
})

test('5,000 nested objects are refused at once [B-67]', () => {
  const hostile: unknown = JSON.parse(`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`)
  const start = performance.now()
  expect(() => checkedPrefs(hostile)).toThrow('is nested too deeply')
  expect(performance.now() - start).toBeLessThan(1000)
})

test('1,000 settings are taken and 1,001 are not, counted after the merge [B-67]', () => {
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`k${n}`, n]))
  expect(Object.keys(mergePrefs({}, many))).toHaveLength(1000)
  expect(() => mergePrefs(many, { more: 1 })).toThrow(refused('prefs'))
  expect(Object.keys(mergePrefs(many, { k0: null, more: 1 }))).toHaveLength(1000)
})

test('64 KiB are taken and one byte more is not, counted in UTF-8 after the merge [B-67]', () => {
  const full = { a: 'é'.repeat(32 * 1024 - 4) }
  expect(Buffer.byteLength(JSON.stringify(full))).toBe(64 * 1024)
  expect(mergePrefs({}, full)).toEqual(full)
  expect(() => mergePrefs({}, { a: `${full.a}x` })).toThrow(refused('prefs'))
  expect(() => mergePrefs(full, { b: 1 })).toThrow(refused('prefs'))
  expect(mergePrefs(full, { a: null, b: 1 })).toEqual({ b: 1 })
})
