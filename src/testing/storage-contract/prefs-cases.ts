import assert from 'node:assert/strict'
import type { JsonValue } from '../../domain/json.js'
import type { Prefs } from '../../domain/prefs.js'
import { aQuery, aSession, aUserRecord } from './builders.js'
import { given, replaceUser } from './changes.js'
import type { ContractCase } from './contract-case.js'

const deep = (levels: number): JsonValue => (levels === 0 ? 'bottom' : { down: [deep(levels - 2)] })

const kinds: Readonly<Record<string, Prefs>> = {
  'no settings': {},
  'null and empty values': { a: null, b: [null], text: '', object: {}, list: [], nested: { a: null, b: {}, c: [[]] } },
  'zero, false and their texts': { zero: 0, no: false, yes: true, zeroText: '0', noText: 'false', nullText: 'null' },
  'numbers of every size': {
    whole: [2 ** 53 - 1, -(2 ** 53 - 1), 1, -1, 1e9],
    large: [1e21, Number.MAX_VALUE, -Number.MAX_VALUE],
    small: [0.1, 0.1 + 0.2, 1 / 3, -0.5, 1 - Number.EPSILON / 2, Number.EPSILON, Number.MIN_VALUE],
  },
  'texts that look like something else': { a: '1', b: '1.0', c: '007', d: '2026-01-01T00:00:00.000Z', e: '{"a":[1]}' },
  'nested values, twenty levels deep': { a: { b: [{ c: [1, [2, [3, { d: 'e' }]]] }] }, top: deep(18) },
  unicode: { ключ: 'значение', 鍵: '値', e: 'é', decomposed: 'e\u0301', emoji: '👩‍💻🏳️‍🌈', rtl: 'שלום', '🔑': '🔓' },
  'control characters and line ends': { a: '\n\r\t\b\f', b: '\u0001\u001f\u007f', c: '\u2028\u2029', d: 'a\r\nb' },
  'quotes and backslashes': { a: '"', b: "'", c: '\\', d: '\\"', e: "'; drop table users --", f: '%_', g: '`$x`' },
  'odd keys': { "a'b": 1, 'a"b': 2, 'a.b': 3, 'a[0]': 4, $: 5, '*': 6, '': 7, 'a\\': 8, '#': 9, ' ': 10, 'a b': 11 },
  'keys that are SQL': { "'; drop table rollbook_users --": 1, '?': 2, ':id': 3, '@id': 4, $1: 5, '"id"': 6 },
  'keys of everything that an object has': { toString: 1, valueOf: 'x', hasOwnProperty: null, length: 2, toJSON: 'y' },
  'keys in their order': { zebra: 1, apple: 2, Mango: 3, banana: { z: 1, a: 2 }, _x: 4 },
  'long keys and long values': { ['k'.repeat(10_000)]: 'x'.repeat(25_000), unicode: 'ж'.repeat(12_500) },
  'a thousand settings': Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`key ${index}`, index])),
}

/** Preferences come back as they went in. */
export const prefsCases: readonly ContractCase[] = Object.entries(kinds).map(([kind, prefs]) => ({
  name: `preferences come back as they went in: ${kind} [B-66, B-69]`,
  async run(storage) {
    const ann = aUserRecord({ id: 'ann', prefs })
    const ben = aUserRecord({ id: 'ben', prefs: { before: true } })
    await given(storage, { users: [ann, ben], sessions: [aSession()] })
    await storage.commit([replaceUser(ben, { prefs })])
    const found = [
      (await storage.findUser({ id: 'ann' }))?.prefs,
      (await storage.findUser({ id: 'ben' }))?.prefs,
      (await storage.findSession('hash of s1'))?.user.prefs,
      ...(await storage.listUsers(aQuery())).items.map((user) => user.prefs),
    ]
    for (const one of found) {
      assert.deepEqual(one, prefs)
      // The order of keys too, which deepEqual does not see.
      assert.equal(JSON.stringify(one), JSON.stringify(prefs))
    }
  },
}))
