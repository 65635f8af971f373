import * as v from 'valibot'
import { expect, test } from 'vitest'
import { checkedOptions, functionOption, objectOption, wholeNumberOption } from '../../src/domain/options.js'
import { InvalidOptionsError } from '../../src/index.js'

const schema = v.strictObject({
  users: objectOption<{ getUser(): void }>({ getUser: true }, 'must be a service of createUsersService()'),
  retries: v.optional(wholeNumberOption(0, 5), 3),
  onEnd: v.optional(functionOption<() => void>()),
  limits: v.optional(v.strictObject({ rows: v.optional(wholeNumberOption(1, 9)), bytes: v.optional(v.number()) }), {}),
})
const users = { getUser() {} }
const check = (options: unknown) => checkedOptions('open', schema, options)

test('options come back with their defaults, and undefined is absent', () => {
  expect(check({ users, retries: undefined })).toEqual({ users, retries: 3, limits: {} })
})

test.each([
  ['a wrong value', { users, retries: 6 }, 'open: retries must be a whole number from 0 to 5'],
  ['a wrong function', { users, onEnd: 'later' }, 'open: onEnd must be a function'],
  ['an object without its methods', { users: {} }, 'open: users must be a service of createUsersService()'],
  ['a missing option, by its rule', {}, 'open: users must be a service of createUsersService()'],
  ['an unknown option', { users, retry: 1 }, 'open: retry is not an option: users, retries, onEnd and limits are'],
  ['an unknown one within', { users, limits: { row: 1 } }, 'open: limits.row is not an option: rows and bytes are'],
  ['a name of every object', { users, constructor: 1 }, /^open: constructor is not an option/],
  ['a wrong value within', { users, limits: { rows: 0 } }, 'open: limits.rows must be a whole number from 1 to 9'],
  ['no object within', { users, limits: 1 }, 'open: limits must be an object'],
  ['no options at all', undefined, 'open: options must be an object'],
  ['null', null, 'open: options must be an object'],
  [
    'the typo before what it left out',
    { user: users },
    /^open: user is not an option: .* are; users must be a service/,
  ],
])('refused by name: %s', (_, options, message) => {
  expect(() => check(options)).toThrow(InvalidOptionsError)
  expect(() => check(options)).toThrow(message)
})
