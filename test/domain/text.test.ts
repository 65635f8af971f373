import { expect, test } from 'vitest'
import { callerSchema } from '../../src/domain/caller.js'
import { checked } from '../../src/domain/input.js'
import { cleanLine, hasAtLeast, hasAtMost, lineOfText, storableText } from '../../src/domain/text.js'
import { nameSchema } from '../../src/domain/user.js'

test.each([
  ['', 0],
  ['abc', 3],
  ['😀'.repeat(8), 8],
  ['x😀', 2],
  ['e\u0301', 2],
])('length is counted in code points: %j has %i [B-37]', (text, length) => {
  expect([hasAtMost(text, length), hasAtLeast(text, length)]).toEqual([true, true])
  expect([hasAtMost(text, length - 1), hasAtLeast(text, length + 1)]).toEqual([false, false])
})

test.each(['\0', 'a\0b', '\ud800', '\udc00\ud800', 'x'.repeat(9)])(
  '%j is not storable in 8 characters [B-27, B-28]',
  (text) => {
    expect(() => checked(storableText(8), text)).toThrow()
  },
)

test.each(['', 'a\nb', '\t', '😀'.repeat(8), '<script>'])('%j is storable in 8 characters', (text) => {
  expect(checked(storableText(8), text)).toBe(text)
})

const refusedInLines = [0, 7, 9, 10, 13, 0x1b, 0x7f, 0x85, 0x9f, 0x2028, 0x2029, 0x202a, 0x202e, 0x2066, 0x2069]
test.each(refusedInLines.map((code) => [code.toString(16), String.fromCodePoint(code)]))(
  'a line of text refuses U+%s, and cleaning makes a space of it [B-34, B-60]',
  (_, character) => {
    expect(() => checked(lineOfText(8), `a${character}b`)).toThrow()
    expect(cleanLine(`a${character}b`, 8)).toBe('a b')
  },
)

test.each(['', 'Ada', '  Ada  ', '<script>alert(1)</script>', 'José 😀', "O'Hara", 'مرحبا', 'n'.repeat(128)])(
  'the name %j is kept as it is [B-34]',
  (name) => {
    expect(checked(nameSchema, name)).toBe(name)
  },
)

test('a name has at most 128 code points [B-34]', () => {
  expect(checked(nameSchema, '😀'.repeat(128))).toBe('😀'.repeat(128))
  expect(() => checked(nameSchema, '😀'.repeat(129))).toThrow('must have at most 128 characters')
})

test('a user agent of a stranger becomes one well-formed line of at most 512 characters [B-60]', () => {
  const hostile = `curl\r\nSet-Cookie: x\u001b[31m\0\u2028\ud800${'('.repeat(1_000_000)}`
  const { userAgent = '' } = checked(callerSchema, { userAgent: hostile })
  expect(userAgent).toHaveLength(512)
  expect(userAgent.isWellFormed()).toBe(true)
  expect(userAgent).toMatch(/^curl {2}Set-Cookie: x \[31m {2}\ufffd\(+$/)
  const { userAgent: cut = '' } = checked(callerSchema, { userAgent: `${'x'.repeat(511)}😀` })
  expect(cut.isWellFormed()).toBe(true)
})

test('an empty user agent is none', () => {
  expect(checked(callerSchema, { userAgent: '' })).toEqual({})
})

test.each([
  ['input', 'me'],
  ['actor', { actor: 'a\nb' }],
  ['actor', { actor: 'x'.repeat(129) }],
  ['ip', { ip: 1 }],
  ['userAgent', { userAgent: ['x'] }],
  ['useragent', { useragent: 'x' }],
])('a caller is refused by the path %s: %j', (path, caller) => {
  expect(() => checked(callerSchema, caller)).toThrow(expect.objectContaining({ code: 'invalid-input', path }))
})
