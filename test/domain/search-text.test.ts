import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checked } from '../../src/domain/input.js'
import { fold, searchSchema, searchText } from '../../src/domain/search-text.js'

// Whole code points, with many of those that fold into something else. A failure prints its seed.
const text = fc.string({ unit: 'grapheme' }).map((value) => value.toWellFormed())
const tricky = fc.array(fc.oneof(text, fc.constantFrom(...'ΣσςİıIiẞßÆæŒœŁłØøĐđÉéÅﬁ가각\u0301\u0307\u212a'))).map(join)

function join(parts: readonly string[]): string {
  return parts.join('')
}

test.each([
  ['José', 'jose'],
  ['Łukasz', 'lukasz'],
  ['ΣΊΣΥΦΟΣ', 'σισυφοσ'],
  ['σίσυφος', 'σισυφοσ'],
  ['İstanbul', 'istanbul'],
  ['ırmak', 'irmak'],
  ['Straße', 'strasse'],
  ['STRAẞE', 'strasse'],
  ['Æsir', 'aesir'],
  ['Œuvre', 'oeuvre'],
  ['Beşiktaş', 'besiktas'],
  ['Đorđe', 'dorde'],
  ['Ørsted', 'orsted'],
  ['Ǿ', 'o'],
  ['Nguyễn Thị', 'nguyen thi'],
  ['ﬁnale', 'finale'],
  ['Ｗｉｄｅ', 'wide'],
  ['ada@example.COM', 'ada@example.com'],
  ['\u0301\u0307', ''],
  ['कोमल', 'कोमल'],
  ['กำธร', 'ก\u0e4dาธร'],
  ['たかだ', 'たかだ'],
  ['ﾀｶﾀﾞ', 'タカダ'],
  ['தமிழ்', 'தமிழ்'],
  ['Ёлкин', 'елкин'],
  ['שָׁלוֹם', 'שלום'],
  ['مُحَمَّد', 'محمد'],
  ['각', '\u1100\u1161\u11a8'],
  ['葛\u{e0100}城', '葛城'],
  ['❤️', '❤'],
])('%j folds to %j', (before, after) => {
  expect(fold(before)).toBe(after)
})

test('folding twice is folding once, for every code point', () => {
  for (let code = 0; code <= 0x10ffff; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue
    const once = fold(String.fromCodePoint(code))
    if (fold(once) !== once) expect.fail(`U+${code.toString(16)} folds to ${once}, and that to ${fold(once)}`)
  }
})

test('folding twice is folding once, for every text', () => {
  fc.assert(
    fc.property(tricky, (value) => {
      expect(fold(fold(value))).toBe(fold(value))
    }),
    { numRuns: 2000 },
  )
})

test('a part of a text folds to a part of the folded text, so that a search for it finds it', () => {
  fc.assert(
    fc.property(tricky, tricky, tricky, (before, part, after) => {
      expect(fold(before + part + after)).toContain(fold(part))
    }),
    { numRuns: 2000 },
  )
})

test('upper, lower, composed and decomposed forms fold alike [B-74]', () => {
  for (const name of ['José Ñandú', 'Ångström', 'Łukasz Żółć', 'ΣΊΣΥΦΟΣ', 'Straße', 'Đorđe']) {
    const forms = [name.toUpperCase(), name.toLowerCase(), name.normalize('NFC'), name.normalize('NFD')]
    expect(new Set(forms.map(fold)).size).toBe(1)
  }
})

test.each([
  ['कमल', 'कोमल'],
  ['たかた', 'たかだ'],
  ['นา', 'นำ'],
  ['மல', 'மாலா'],
  ['কমল', 'কোমল'],
  ['はら', 'ばら'],
])('%s and %s are two names: marks of other scripts are no accents [B-162]', (one, other) => {
  expect(fold(other)).not.toContain(fold(one))
  expect(fold(one)).not.toContain(fold(other))
  for (const name of [one, other]) expect(fold(name.normalize('NFD'))).toBe(fold(name))
})

test('a syllable of Hangul that is being typed finds, and so does the beginning of a cluster [B-162]', () => {
  for (const typed of ['ㄱ', '기', '김', '김ㅊ', '김처', '김철']) expect(fold('김철수')).toContain(fold(typed))
  for (const typed of ['क', 'को', 'कोम']) expect(fold('कोमल')).toContain(fold(typed))
})

test('a vowel sign that is typed alone is looked for, and finds nobody without it [B-162]', () => {
  expect(fold('कोमल')).toContain(fold('ोमल'))
  expect(fold('कमल')).not.toContain(fold('ोमल'))
})

test.each([
  ['محـــمد', 'محمد'],
  ['می\u200cرود', 'میرود'],
  ['Jo\u00adhn', 'john'],
  ['Ada\u200f', 'ada'],
  ['a\u200b\u2060\ufeffb', 'ab'],
  ['e\u200d\u0301', 'e'],
  ['👩\u200d👧', '👩👧'],
])('%j is found as %j: what nobody sees is not asked for [B-162]', (before, after) => {
  expect(fold(before)).toBe(after)
})

test('a user is searched by name, email and id, each on a line of its own', () => {
  expect(searchText({ name: 'José', email: 'José@Ex.org', id: 'U1' })).toBe('jose\njose@ex.org\nu1')
})

test.each(['a\nb', 'a\rb', 'a\0b', '\ud800', 'x'.repeat(257)])('the search %j is refused [B-24, B-74]', (term) => {
  expect(() => checked(searchSchema, term)).toThrow()
})

test('a search of 256 code points is taken', () => {
  expect(checked(searchSchema, '😀'.repeat(256))).toBe('😀'.repeat(256))
})
