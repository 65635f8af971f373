import { inspect } from 'node:util'
import { describe, expect, test, vi } from 'vitest'
import type { HttpCall } from '../../src/http/call.js'
import { classic } from '../../src/http/dialects/classic/index.js'
import { type ClassicOperation, classicRoutes } from '../../src/http/dialects/classic/routes.js'
import { createDispatcher } from '../../src/http/dispatcher.js'
import { UnexpectedError } from '../../src/http/errors.js'
import { createMatcher } from '../../src/http/matcher.js'
import { checkedHttpOptions, type UsersHttpOptions } from '../../src/http/options.js'
import { decodedSegment, queryFields } from '../../src/http/query.js'
import { memoryRateLimiter } from '../../src/http/rate-limit.js'
import { httpContract } from '../../src/testing/http-contract/index.js'
import { letIn } from '../../src/testing/http-contract/world.js'
import { createTestUsers } from '../../src/testing/test-users.js'

const { users } = createTestUsers()
const silent = { warn: () => undefined, error: () => undefined }

const call = (method: string, path: string): HttpCall => ({
  method,
  path,
  query: '',
  headers: {},
  ip: undefined,
  host: undefined,
  body: async () => ({ bytes: new Uint8Array() }),
})

describe('query', () => {
  const names = ['search', 'limit']
  const fields = (query: string) => Object.fromEntries(queryFields(query, names, classic.ignoredParameters))

  test('named parameters are decoded, and those that platforms add are left out', () => {
    expect(fields('search=a%20b+c%2B&limit=5')).toEqual({ search: 'a b c+', limit: '5' })
    expect(fields('search=a=b&%6Cimit=5')).toEqual({ search: 'a=b', limit: '5' })
    expect(fields('project=1&locale=de&mode=admin&%6Dode=%&limit=5&project=2')).toEqual({ limit: '5' })
  })

  test('a parameter that is not known is refused by its name, and what a name is made of cannot be long [B-154]', () => {
    const wrong = {
      'status=2': 'status',
      'limit=1&x': 'x',
      'x=': 'x',
      'Limit=3': 'Limit',
      'limits=4': 'limits',
      '%71ueries[0]=1': 'queries[0]',
      'queries%5B%5D=1': 'queries[]',
      'project[]=1': 'project[]',
      '__proto__=1': '__proto__',
      'constructor=2': 'constructor',
      '%zz=5': '%zz',
      'a%0Ab=1': 'a b',
      [`${'y'.repeat(5000)}=1`]: 'y'.repeat(64),
      '=1': 'query',
      'limit=1&=': 'query',
    }
    for (const [query, path] of Object.entries(wrong)) {
      const told = expect.stringContaining('known: search, limit')
      expect(() => fields(query), query).toThrow(expect.objectContaining({ path, message: told }))
    }
    expect(Object.fromEntries(queryFields('status=2', []))).toEqual({})
  })

  test('an empty value was not sent, and neither was a name alone', () => {
    for (const query of ['', '&', '&&', 'limit', 'limit=', 'search=&limit=']) expect(fields(query)).toEqual({})
  })

  test('a parameter that is repeated, bracketed or badly encoded is refused by name [B-22]', () => {
    const wrong = [
      'limit=1&limit=2',
      'limit=&limit=2',
      'limit[]=1',
      'limit[a]=1',
      'limit%5B%5D=1',
      'limit[=1',
      'limit=%',
    ]
    for (const query of wrong) expect(() => fields(query), query).toThrow(expect.objectContaining({ path: 'limit' }))
    expect(() => fields('limit=1&search=%E0%A4%A')).toThrow(expect.objectContaining({ path: 'search' }))
  })

  test('what cannot be decoded is undefined [B-10]', () => {
    expect(['a+b', '%F0%9F%A6%8A', '', '%', '%zz', '%ED%A0%80'].map(decodedSegment)).toEqual([
      'a+b',
      '🦊',
      '',
      undefined,
      undefined,
      undefined,
    ])
  })
})

describe('matcher', () => {
  const match = createMatcher(classicRoutes)

  test('each route is found by its own path, with the ids in it decoded', () => {
    for (const [operation, { method, path }] of Object.entries(classicRoutes)) {
      const found = match(path.replace('{userId}', 'a%2Fb').replace('{sessionId}', 's'))
      expect(found?.byMethod.get(method)?.operation).toBe(operation)
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      expect([...(found?.params ?? [])]).toEqual(names.map((name) => [name, name === 'userId' ? 'a/b' : 's']))
    }
  })

  test('an id that cannot be decoded leaves its path ours, and tells nothing', () => {
    expect([...(match('/users/%zz')?.params ?? [])]).toEqual([['userId', undefined]])
  })

  test('slashes in front count as one, and any other difference is another path [B-06, B-20]', () => {
    expect(match('///users/a')?.params.get('userId')).toBe('a')
    const others = [
      '',
      '/',
      '/users/',
      '/Users',
      '/users//prefs',
      '/users/a/',
      '/users/a/prefs/x',
      '/users/a/b',
      '/user',
    ]
    for (const path of [...others, '/users/{userId}/{x}', '/__proto__', '/%75sers'])
      expect(match(path), path).toBeUndefined()
  })
})

describe('options', () => {
  const refusal = (options: unknown): unknown => {
    try {
      return checkedHttpOptions('expressUsers', options as UsersHttpOptions)
    } catch (error) {
      return error
    }
  }
  const authorize = letIn
  const cases: readonly (readonly [wrong: string, options: unknown, name: string])[] = [
    ['no authorize', { users }, 'authorize'],
    ['true for authorize', { users, authorize: true }, 'authorize'],
    ['keys for authorize', { users, authorize: ['key'] }, 'authorize'],
    ['no users', { authorize }, 'users'],
    ['no service for users', { users: {}, authorize }, 'users'],
    ['no options', undefined, 'users'],
    ['authorise', { users, authorise: authorize }, 'authorise'],
    ['ratelimit', { users, authorize, ratelimit: memoryRateLimiter() }, 'ratelimit'],
    ['a number for rateLimiter', { users, authorize, rateLimiter: 100 }, 'rateLimiter'],
    ['a prefix without a slash', { users, authorize, prefix: 'v1' }, 'prefix'],
    ['a prefix with a slash at its end', { users, authorize, prefix: '/v1/' }, 'prefix'],
    ['a slash for a prefix', { users, authorize, prefix: '/' }, 'prefix'],
    ['a prefix with a query', { users, authorize, prefix: '/v1?x' }, 'prefix'],
    ['a word for openapi', { users, authorize, openapi: 'yes' }, 'openapi'],
    ['a function for logger', { users, authorize, logger: () => undefined }, 'logger'],
    ['a name for dialects', { users, authorize, dialects: 'classic' }, 'dialects must be a list'],
    ['no dialects', { users, authorize, dialects: [] }, 'dialects must be a list of at least one of classic'],
    [
      'an unknown dialect',
      { users, authorize, dialects: ['classic', 'klassik'] },
      'dialects has an unknown name "klassik"',
    ],
    [
      'undefined for a dialect',
      { users, authorize, dialects: [undefined] },
      'dialects must be a list of names, but has a value of type undefined',
    ],
    ['a dialect twice', { users, authorize, dialects: ['classic', 'classic'] }, 'dialects has "classic" twice'],
  ]

  test.each(cases)('a wrong, missing or mistyped option is told by its name: %s [B-01, B-21]', (_, options, name) => {
    expect(refusal(options)).toMatchObject({ code: 'invalid-options', message: expect.stringContaining(name) })
    expect(String(refusal(options))).toContain('expressUsers: ')
  })

  test('the least that is needed is the users and who may use them', () => {
    expect(refusal({ users, authorize })).toEqual({ users, authorize, dialects: [classic] })
  })
})

describe('dispatcher', () => {
  test('an authorize that never answers is an error after 10 seconds, and nothing is done [B-04]', async () => {
    vi.useFakeTimers()
    try {
      const dispatcher = createDispatcher({
        users,
        authorize: () => new Promise(() => undefined),
        dialects: [classic],
        logger: silent,
      })
      const failed = expect(dispatcher.answer(call('GET', '/users'))).rejects.toBeInstanceOf(UnexpectedError)
      await vi.advanceTimersByTimeAsync(10_000)
      await failed
    } finally {
      vi.useRealTimers()
    }
  })

  test('what a caller of authorize leaves undefined is filled in from the request', async () => {
    const world = createTestUsers()
    const { id } = await world.users.createUser({ email: 'ada@example.com' })
    // As a host without types may answer it.
    const answer = { caller: { actor: 'admin', ip: undefined, userAgent: undefined }, scopes: ['users.write'] as const }
    const authorize = () => answer as unknown as ReturnType<typeof letIn>
    const dispatcher = createDispatcher({ users: world.users, authorize, dialects: [classic] })
    await dispatcher.answer({
      ...call('DELETE', `/users/${id}/sessions`),
      ip: '10.0.0.1',
      headers: { 'user-agent': 'curl/8.5' },
    })
    const [entry] = (await world.users.getUserLogs(id)).items
    expect(entry).toMatchObject({ actor: 'admin', ip: '10.0.0.1', userAgent: 'curl/8.5' })
  })

  test('a path outside the prefix is not ours, and the prefix counts letter by letter [B-20]', async () => {
    const dispatcher = createDispatcher({ users, authorize: letIn, prefix: '/v1', dialects: [classic] })
    for (const path of [
      '/users',
      '/v1',
      '/v1users',
      '/v10/users',
      '/V1/users',
      '//v1/users',
      'http://x/v1/users',
      '*',
    ]) {
      expect(await dispatcher.answer(call('GET', path)), path).toBeUndefined()
    }
    expect(await dispatcher.answer(call('GET', '/v1/users'))).toMatchObject({ status: 200 })
  })

  test('every route names its own limit, so that two never share a count [B-85]', () => {
    const limited = Object.entries(classicRoutes).filter(([, { isLimited }]) => isLimited)
    const names: ClassicOperation[] = ['deleteUserSession', 'deleteUserSessions']
    expect(limited.map(([name]) => name)).toEqual(names)
  })
})

describe('httpContract', () => {
  const register = (skip: Parameters<typeof httpContract>[0]['skip']) => {
    const names: string[] = []
    const start = () => Promise.reject(new Error('no case is run here'))
    httpContract({ test: (name) => names.push(name), start, ...(skip && { skip }) })
    return names
  }

  test('the names of its cases are unique, and skipped ones are left out', () => {
    const names = register(undefined)
    expect(new Set(names).size).toBe(names.length)
    expect(register([{ reason: 'for this test', tests: names.slice(1, 3) }])).toEqual(names.toSpliced(1, 2))
  })

  test('a case to skip that does not exist is refused', () => {
    expect(() => register([{ reason: 'a typo', tests: ['a case'] }])).toThrow(
      expect.objectContaining({ code: 'invalid-options', message: expect.stringContaining('"a case"') }),
    )
  })
})

describe('UnexpectedError', () => {
  const secret = 'SELECT secret FROM users $argon2id$'

  test('the message is fixed, and neither stack nor fields tell of the cause [B-11]', () => {
    const error = new UnexpectedError(new Error(secret))
    expect(error.message).toBe(`the users service failed (reference ${error.reference})`)
    expect(error.reference).toMatch(/^[0-9a-f]{8}$/)
    expect(error.stack).toBe(`UnexpectedError: ${error.message}`)
    expect(JSON.stringify(error) + String(error)).not.toContain('SELECT')
    expect({ ...error }).toMatchObject({ status: 500, statusCode: 500, expose: false })
    expect(Object.keys(error)).not.toContain('cause')
  })

  test('inspected, what is below the cause is all that tells more, and the cause is the error itself [B-11]', () => {
    const cause = new Error(secret)
    const error = new UnexpectedError(cause)
    expect(inspect(error).split('[cause]')[0]).not.toMatch(/SELECT|argon2| at /)
    expect(error.cause).toBe(cause)
  })
})
