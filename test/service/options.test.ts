import { expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { createUsersService, InvalidOptionsError } from '../../src/index.js'
import { insecureHasher } from '../../src/testing/index.js'

const loose = (value: unknown) => value as never

test.each([
  ['storage', {}],
  ['storage', { storage: 'users.db' }],
  ['storage', { storage: { findUser() {} } }],
  ['passwords', { passwords: { hash() {} } }],
  ['passwordPolicy.minLength', { passwordPolicy: { minLength: 7 } }],
  ['passwordPolicy.minLength', { passwordPolicy: { minLength: 65 } }],
  ['passwordPolicy.refuse', { passwordPolicy: { refuse: 'common' } }],
  ['passwordPolicy.maxLength', { passwordPolicy: { maxLength: 9 } }],
  ['beforeCreate', { beforeCreate: ['@example.com'] }],
  ['hashing.concurrency', { hashing: { concurrency: 0 } }],
  ['hashing.maxWaiting', { hashing: { maxWaiting: -1 } }],
  ['hashing.threads', { hashing: { threads: 4 } }],
  ['sessions.lifetimeMs', { sessions: { lifetimeMs: 0 } }],
  ['sessions.lifetimeMs', { sessions: { lifetimeMs: 0.5 } }],
  ['sessions.idleTimeoutMs', { sessions: { idleTimeoutMs: -1 } }],
  ['sessions.maxPerUser', { sessions: { maxPerUser: 0 } }],
  ['sessions.ttl', { sessions: { ttl: 1 } }],
  ['closeTimeoutMs', { closeTimeoutMs: 0 }],
  ['closeTimeoutMs', { closeTimeoutMs: 2 ** 31 }],
  ['now', { now: new Date(0) }],
  ['newId', { newId: 'uuid' }],
  ['describeClient', { describeClient: {} }],
  ['locate', { locate: 'maxmind' }],
  ['onEvent', { onEvent: [] }],
  ['logger', { logger: () => {} }],
  ['logger', { logger: { error() {} } }],
  ['onEvents', { onEvents: () => {} }],
  ['constructor', JSON.parse('{"constructor":1}')],
])('the factory refuses the option %s at set-up, by its name: %j [B-21]', (name, options) => {
  const storage = 'storage' in options || Object.keys(options).length === 0 ? {} : { storage: memoryStorage() }
  const set = () => createUsersService(loose({ ...storage, ...options }))
  expect(set).toThrow(InvalidOptionsError)
  expect(set).toThrow(`createUsersService: ${name} `)
})

test.each([undefined, null, 'users.db', 1])('the factory refuses %j as its options', (options) => {
  expect(() => createUsersService(loose(options))).toThrow(InvalidOptionsError)
})

test('the factory takes all options that there are', () => {
  const set = () =>
    createUsersService({
      storage: memoryStorage(),
      passwords: insecureHasher(),
      passwordPolicy: { minLength: 15, refuse: () => undefined },
      beforeCreate: () => undefined,
      hashing: { concurrency: 1, maxWaiting: 0 },
      sessions: { lifetimeMs: 1, idleTimeoutMs: 1, maxPerUser: 1 },
      closeTimeoutMs: 1,
      now: () => new Date(),
      newId: () => 'x',
      describeClient: () => ({}),
      locate: () => undefined,
      onEvent: () => {},
      logger: { warn: () => {}, error: () => {} },
    })
  expect(set).not.toThrow()
})

test('more passwords than may wait are refused, and the rest are served [B-43]', async () => {
  const users = createUsersService({
    storage: memoryStorage(),
    passwords: insecureHasher(),
    hashing: { concurrency: 1, maxWaiting: 2 },
  })
  const calls = Array.from({ length: 5 }, (_, n) =>
    users.createUser({ email: `u${n}@example.com`, password: 'correct horse' }),
  )
  const results = await Promise.allSettled(calls)
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
  expect(refused).toEqual([
    expect.objectContaining({ code: 'too-busy' }),
    expect.objectContaining({ code: 'too-busy' }),
  ])
  expect(await users.listUsers({ total: true, limit: 0 })).toMatchObject({ total: 3 })
})

test('the insecure hasher of the tests refuses to be made in production [B-41]', () => {
  const before = process.env['NODE_ENV']
  process.env['NODE_ENV'] = 'production'
  try {
    expect(() => insecureHasher()).toThrow(InvalidOptionsError)
  } finally {
    process.env['NODE_ENV'] = before
  }
})
