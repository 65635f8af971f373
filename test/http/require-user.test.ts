import { describe, expect, test, vi } from 'vitest'
import * as ofExpress from '../../adapters/express/index.js'
import * as ofFastify from '../../adapters/fastify/index.js'
import * as ofFetch from '../../adapters/fetch/index.js'
import * as ofKoa from '../../adapters/koa/index.js'
import { StorageFailedError } from '../../src/errors/index.js'
import { failingStorage } from '../../src/testing/http-contract/spies.js'
import { createTestUsers } from '../../src/testing/test-users.js'
import { type Options, type Served, servers } from './session-servers.js'

type Ask = (headers?: Record<string, string>, path?: string) => Promise<Response>

describe.each(Object.entries(servers))('on %s', (_, serve) => {
  async function asking(options: Partial<Served>, law: (ask: Ask) => Promise<void>): Promise<void> {
    const { url, stop } = await serve({ users: createTestUsers().users, cookie: 'session', ...options })
    try {
      await law((headers = {}, path = '/me') => fetch(url + path, { headers, redirect: 'manual' }))
    } finally {
      await stop()
    }
  }

  test('a handler gets the user whose session the bearer or the cookie is, and the bearer goes first', async () => {
    const { users } = createTestUsers()
    const [ada, ben] = [await users.createUser({ email: 'ada@x.org' }), await users.createUser({ email: 'ben@x.org' })]
    const { secret } = await users.createUserSession(ada.id)
    const other = await users.createUserSession(ben.id)
    await asking({ users }, async (ask) => {
      const answers = [
        await ask({ Authorization: `Bearer ${secret}` }),
        await ask({ Cookie: `a=b; session=${secret}; c=d` }),
        await ask({ Authorization: `bearer ${secret}`, Cookie: `session=${other.secret}` }),
      ]
      for (const answer of answers) expect(await answer.text()).toBe(ada.id)
    })
  })

  test('without a living session nobody gets to the handler, and the answer says so in no dialect [B-165]', async () => {
    const { users } = createTestUsers()
    const { id } = await users.createUser({ email: 'ada@x.org' })
    const { secret } = await users.createUserSession(id)
    await users.updateUserStatus(id, { status: 'blocked' })
    await asking({ users }, async (ask) => {
      for (const headers of [
        {},
        { Authorization: 'Bearer' },
        { Authorization: 'Bearer %' },
        { Authorization: `Bearer ${secret}` },
        { Cookie: `session=${secret}` },
        { Cookie: 'session' },
      ]) {
        const answer = await ask(headers)
        expect(answer.status).toBe(401)
        // The route is the host's, so the words are of no dialect.
        const message = 'the session is unknown, has ended or has expired'
        expect(await answer.json()).toEqual({ error: { code: 'invalid-session', message } })
        expect(answer.headers.get('x-rollbook-dialect')).toBeNull()
        expect(answer.headers.get('www-authenticate')).toBe('Bearer')
        expect(answer.headers.get('cache-control')).toBe('no-store')
      }
    })
  })

  test('a cookie that was not named is not looked at', async () => {
    const { users } = createTestUsers()
    const { secret } = await users.createUserSession((await users.createUser({ email: 'ada@x.org' })).id)
    await asking({ users, cookie: 'sid' }, async (ask) => {
      expect((await ask({ Cookie: `session=${secret}` })).status).toBe(401)
    })
  })

  test('of several cookies of the name the first living one counts, in quotes or not [B-156]', async () => {
    const { users } = createTestUsers()
    const [ada, ben] = [await users.createUser({ email: 'ada@x.org' }), await users.createUser({ email: 'ben@x.org' })]
    const { secret } = await users.createUserSession(ada.id)
    const other = await users.createUserSession(ben.id)
    const ended = await users.createUserSession(ada.id)
    await users.signOut(ended.secret)
    await asking({ users }, async (ask) => {
      for (const cookie of [
        `session=${ended.secret}; session=${secret}`,
        `session=${ended.secret}; a=b; session=x; session=; session=${ended.secret}; session=${secret}`,
        `session="${ended.secret}"; session="${secret}"; session=${other.secret}`,
        `session = ${secret} ;a=b`,
        `xsession=${other.secret}; session=${secret}`,
      ]) {
        const answer = await ask({ Cookie: cookie })
        expect(await answer.text(), cookie).toBe(ada.id)
      }
      for (const cookie of [`session="${secret}`, `session=""`, `session="`, `session='${secret}'`]) {
        expect((await ask({ Cookie: cookie })).status, cookie).toBe(401)
      }
    })
  })

  test('onUnauthorized answers whoever is not signed in, and nobody else [B-156]', async () => {
    const { users } = createTestUsers()
    const { id } = await users.createUser({ email: 'ada@x.org' })
    const { secret } = await users.createUserSession(id)
    await asking({ users, redirects: true }, async (ask) => {
      for (const headers of [{}, { Cookie: `session=${'x'.repeat(43)}` }]) {
        const answer = await ask(headers)
        expect([302, 303]).toContain(answer.status)
        expect(answer.headers.get('location')).toBe('/sign-in')
        expect(answer.headers.get('www-authenticate')).toBeNull()
        expect(await answer.text()).not.toContain(id)
      }
      expect(await (await ask({ Cookie: `session=${secret}` })).text()).toBe(id)
    })
  })

  test('currentUser tells who is signed in, or nobody, and refuses no one [B-156]', async () => {
    const { users } = createTestUsers()
    const { id } = await users.createUser({ email: 'ada@x.org' })
    const { secret } = await users.createUserSession(id)
    await asking({ users }, async (ask) => {
      for (const headers of [{ Cookie: `session=${secret}` }, { Authorization: `Bearer ${secret}` }]) {
        expect(await (await ask(headers, '/')).text()).toBe(id)
      }
      await users.updateUserStatus(id, { status: 'blocked' })
      for (const headers of [{}, { Cookie: `session=${secret}` }]) {
        const answer = await ask(headers, '/')
        expect([answer.status, await answer.text()]).toEqual([200, 'nobody'])
      }
    })
  })

  test('a storage that fails is never told as nobody: neither by currentUser nor by onUnauthorized [B-156]', async () => {
    const { users } = createTestUsers({ storage: failingStorage(new StorageFailedError('unreachable')) })
    const logger = { warn: () => undefined, error: () => undefined }
    // Where the framework prints the error.
    const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    await asking({ users, logger, redirects: true }, async (ask) => {
      const headers = { Cookie: `session=${'x'.repeat(43)}` }
      expect((await ask(headers)).status).toBe(503)
      const answer = await ask(headers, '/')
      expect(answer.status).toBe(500)
      expect(await answer.text()).not.toBe('nobody')
    })
    printed.mockRestore()
  })

  test('a storage that fails lets nobody in, and the answer has no word of why', async () => {
    const { users } = createTestUsers({ storage: failingStorage(new Error('the disk is on fire')) })
    const logged: unknown[] = []
    const logger = { warn: () => undefined, error: (fields: object) => void logged.push(fields) }
    await asking({ users, logger }, async (ask) => {
      const answer = await ask({ Authorization: `Bearer ${'x'.repeat(43)}` })
      expect(answer.status).toBe(500)
      expect(await answer.text()).not.toContain('fire')
      expect(logged).toEqual([
        { err: expect.objectContaining({ message: 'the disk is on fire' }), reference: expect.any(String) },
      ])
    })
  })
})

test('a storage that is not available answers 503 and when to try again, and the log hears of it', async () => {
  const failure = new StorageFailedError('unreachable')
  const { users } = createTestUsers({ storage: failingStorage(failure) })
  const logged: unknown[] = []
  const logger = { warn: () => undefined, error: (fields: object) => void logged.push(fields) }
  const me = ofFetch.requireUser({ users, logger }, () => new Response())
  const answer = await me(new Request('http://host/me', { headers: { Authorization: `Bearer ${'x'.repeat(43)}` } }))
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1'])
  const message = 'The storage is not available: try again later'
  expect(await answer.json()).toEqual({ error: { code: 'storage-failed', message } })
  expect(logged).toEqual([{ err: failure }])
})

test('where no host has an error handler, an unexpected error is told by its reference alone, in plain words [B-165]', async () => {
  const { users } = createTestUsers({ storage: failingStorage(new Error('the disk is on fire')) })
  const told: { reference?: string }[] = []
  const logger = { warn: () => undefined, error: (fields: object) => void told.push(fields) }
  const me = ofFetch.requireUser({ users, logger }, () => new Response())
  const answer = await me(new Request('http://host/me', { headers: { Authorization: `Bearer ${'x'.repeat(43)}` } }))
  const message = `the users service failed (reference ${told[0]?.reference})`
  expect(await answer.json()).toEqual({ error: { code: 'unexpected-error', message } })
})

test('a wrong, missing or mistyped option is told by its name', () => {
  const { users } = createTestUsers()
  const make = (options: object) => () => ofExpress.requireUser(options as Options)
  expect(make({})).toThrow('requireUser: users must be')
  expect(make({ users, cookies: 'x' })).toThrow('requireUser: cookies is not an option')
  expect(make({ users, cookie: 'a b' })).toThrow('requireUser: cookie must be')
  expect(make({ users, onUnauthorized: '/sign-in' })).toThrow('requireUser: onUnauthorized must be a function')
  for (const { currentUser } of [ofExpress, ofKoa, ofFastify, ofFetch]) {
    expect(() => currentUser(Object({}))).toThrow('currentUser: users must be')
    expect(() => currentUser(Object({ users, onUnauthorized() {} }))).toThrow('onUnauthorized is not an option')
  }
})

test('a handler that requireUser does not stand before is told so', () => {
  expect(() => ofExpress.signedIn({})).toThrow('put requireUser before this handler')
})
