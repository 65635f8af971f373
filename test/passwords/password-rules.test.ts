import { performance } from 'node:perf_hooks'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { checked } from '../../src/domain/input.js'
import { InvalidInputError } from '../../src/errors/index.js'
import { newPasswordSchema, normalised, typedPasswordSchema } from '../../src/passwords/password.js'

const newPassword = newPasswordSchema(8)

test.each([
  'password',
  '        ',
  ' Pass Word ',
  '😀'.repeat(8),
  '😀'.repeat(256),
  'x'.repeat(256),
  'pass\0word',
  'пароль-пароль',
  'tab\tand\nline',
])('%j can be set as a password, and is kept as it is [B-37]', (password) => {
  expect(checked(newPassword, password)).toBe(password)
})

test.each([
  ['7 characters', 'passwor'],
  ['7 emoji, which are 14 UTF-16 units', '😀'.repeat(7)],
  ['nothing', ''],
  ['257 characters', 'x'.repeat(257)],
  ['257 emoji', '😀'.repeat(257)],
  ['a lone surrogate', 'password\ud800'],
  ['a swapped pair of surrogates', 'password\udc00\ud800'],
])('a password of %s cannot be set [B-37]', (_, password) => {
  expect(() => checked(newPassword, password)).toThrow(InvalidInputError)
})

test('who signs in may type what an earlier policy took, but nothing that none could have taken', () => {
  expect(checked(typedPasswordSchema, 'x')).toBe('x')
  expect(checked(typedPasswordSchema, '')).toBe('')
  expect(() => checked(typedPasswordSchema, 'x'.repeat(257))).toThrow(InvalidInputError)
  expect(() => checked(typedPasswordSchema, 'x\ud800')).toThrow(InvalidInputError)
})

test.each([
  ['é', 4],
  ['ế', 7],
  ['각', 7],
])('%s counts as one character, however it is spelt: %i are too few, 8 and 256 are not [B-160]', (letter, few) => {
  for (const form of ['NFC', 'NFD'] as const) {
    const typed = (count: number) => letter.repeat(count).normalize(form)
    expect(() => checked(newPassword, typed(few))).toThrow('must have at least 8 characters')
    expect(() => checked(newPassword, typed(257))).toThrow('must have at most 256 characters')
    expect(() => checked(typedPasswordSchema, typed(257))).toThrow('must have at most 256 characters')
    for (const count of [8, 256]) {
      expect(checked(newPassword, typed(count))).toBe(letter.repeat(count))
      expect(checked(typedPasswordSchema, typed(count))).toBe(typed(count))
    }
  }
})

test('who signs in may type what an earlier version counted as 256 characters, though it has more in NFC [B-160]', () => {
  expect(checked(typedPasswordSchema, '\u0958'.repeat(256))).toBe('\u0958'.repeat(256))
})

test('a host can ask for more characters', () => {
  expect(() => checked(newPasswordSchema(15), 'x'.repeat(14))).toThrow('must have at least 15 characters')
  expect(checked(newPasswordSchema(15), 'x'.repeat(15))).toBe('x'.repeat(15))
})

test('10 MB are refused by their length alone [B-35]', () => {
  const huge = 'x'.repeat(10_000_000)
  const start = performance.now()
  // Less than a millisecond each; to count them once takes longer than that.
  for (let time = 0; time < 1000; time++) expect(v.is(newPassword, huge)).toBe(false)
  expect(performance.now() - start).toBeLessThan(1000)
})

test('a refusal does not repeat the password', () => {
  const secret = `hunter2-${'x'.repeat(300)}`
  expect(() => checked(newPassword, secret)).toThrow(expect.not.objectContaining({ message: /hunter2/ }))
  try {
    checked(newPassword, secret)
  } catch (error) {
    expect(JSON.stringify(error) + String(error)).not.toContain('hunter2')
  }
})

test('composed and decomposed spellings are one password, while case, width and spaces count [B-37]', () => {
  expect(normalised('passwo\u0308rd')).toBe(normalised('passwörd'))
  for (const other of ['Passwörd', 'passwörd ', 'ｐasswörd', 'password']) {
    expect(normalised(other)).not.toBe(normalised('passwörd'))
  }
})
