import { inspect } from 'node:util'
import { expect, test, vi } from 'vitest'
import { InvalidInputError, UserNotFoundError, UsersError } from '../../src/errors/index.js'

test('an error of another copy of the package is known by UsersError.is, though not by instanceof', async () => {
  vi.resetModules()
  const other = await import('../../src/errors/index.js')
  const error = new other.UserNotFoundError('nobody')
  expect(error instanceof UserNotFoundError).toBe(false)
  expect(UsersError.is(error)).toBe(true)
})

test.each([undefined, null, 'user-not-found', new Error('no'), { code: 'user-not-found' }])(
  '%o is no error of this package',
  (value) => {
    expect(UsersError.is(value)).toBe(false)
  },
)

test('an error shows its name, its message and its public fields, and no mark of ours', () => {
  const error = new UserNotFoundError('nobody')
  expect(Reflect.ownKeys(error)).toEqual(['stack', 'message', 'name', 'userId', 'code'])
  expect(inspect(error)).toMatch(/^UserNotFoundError: no user has the id "nobody"\n/)
})

test('a text of a caller is quoted in a message, on one line, and cut', () => {
  const { message } = new UserNotFoundError(`a\n${'b'.repeat(1000)}`)
  expect(message).toBe(`no user has the id "a\\n${'b'.repeat(62)}..."`)
  expect(new InvalidInputError([{ path: 'prefs.a\nb', message: 'is wrong' }]).message).toBe(
    'invalid input: "prefs.a\\nb" is wrong',
  )
})
