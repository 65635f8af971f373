import { Agent, type OutgoingHttpHeaders } from 'node:http'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { apiKeys } from '../../../adapters/express/index.js'
import type { Authorize } from '../../../src/http/authorization.js'
import { scopes } from '../../../src/http/scope.js'
import { send } from '../../../src/testing/http-contract/send.js'
import { failingStorage, keptLogger } from '../../../src/testing/http-contract/spies.js'
import { tinyLimiter } from '../../../src/testing/http-contract/tiny-limiter.js'
import { letIn } from '../../../src/testing/http-contract/world.js'
import { createTestUsers, type TestUsersOptions } from '../../../src/testing/index.js'
import { type Mount, mounts } from '../mounts.js'

// An entry in the list is all that is changed: nothing else of src/http knows which dialects there are.
vi.mock('../../../src/http/dialects/index.js', async (original) => {
  const { dialects } = await original<typeof import('../../../src/http/dialects/index.js')>()
  const { madeUp } = await import('./made-up.js')
  return { dialects: [...dialects, madeUp] }
})

beforeAll(() => {
  // Where the frameworks print what their parsers refuse.
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})

afterAll(() => {
  vi.restoreAllMocks()
})

const key = { 'X-Made-Up-Key': 'key' }
const authorize = apiKeys(['key', { key: 'reader', scopes: ['users.read'] }, { key: 'old', scopes: ['users.write'] }])
const json = { 'Content-Type': 'application/json' }

interface Settings {
  readonly service?: TestUsersOptions
  readonly authorize?: Authorize
  readonly dialects?: readonly string[] | undefined
}

/** A mount that speaks the made-up dialect, and what it answers: status, body and the dialect's name. */
async function asking(
  { start }: Mount,
  { service, ...settings }: Settings,
  law: (
    ask: (method: string, path: string, headers?: OutgoingHttpHeaders, body?: string) => Promise<readonly unknown[]>,
  ) => Promise<void>,
): Promise<void> {
  const { users } = createTestUsers(service)
  const shared = { authorize, rateLimiter: tinyLimiter(2), openapi: true, logger: keptLogger(), dialects: ['made-up'] }
  const { url, stop } = await start(Object.assign({ users }, shared, settings))
  const agent = new Agent({ keepAlive: true })
  try {
    await law(async (method, path, headers = key, body) => {
      const answer = await send(agent, url, method, path, { headers, ...(body !== undefined && { body }) })
      return [answer.status, answer.body, answer.headers['x-rollbook-dialect']]
    })
  } finally {
    agent.destroy()
    await stop()
    await users.close()
  }
}

const oops = (status: number, code: string, more = {}) => [status, { oops: code, status, ...more }, 'made-up']
const ada = { who: expect.any(String), mail: 'ada@example.com' }

describe.each(mounts)('a dialect of its own routes and words, on $name', (mount) => {
  test('answers everything in them, and says so in a header [B-165]', () =>
    asking(mount, {}, async (ask) => {
      const post = (body: string, headers: OutgoingHttpHeaders = json) =>
        ask('POST', '/people', { ...headers, ...key }, body)
      expect(await post('{"mail":"ada@example.com"}')).toEqual([202, ada, 'made-up'])
      expect(await ask('GET', '/people?shoe=9&like=ada')).toEqual([200, { people: [ada] }, 'made-up'])
      expect(await ask('HEAD', '/people')).toEqual([200, undefined, 'made-up'])
      expect(await ask('GET', '/people', {})).toEqual(oops(401, 'unauthorized', { lacks: 'users.read' }))
      expect(await ask('GET', '/people?project=9')).toEqual(oops(400, 'invalid-input'))
      expect(await post('{"mail":"ada"}')).toEqual(oops(400, 'invalid-input'))
      expect(await post('{"mail":"ADA@example.com"}')).toEqual(oops(409, 'email-taken'))
      expect(await ask('GET', '/people/nobody')).toEqual(oops(404, 'user-not-found'))
      expect(await ask('HEAD', '/people/nobody')).toEqual([404, undefined, 'made-up'])
      expect(await ask('PUT', '/people')).toEqual(oops(405, 'method-not-allowed'))
      expect(await post('mail=ada', { 'Content-Type': 'text/plain' })).toEqual(oops(415, 'unsupported-media-type'))
      if (!mount.parser) {
        expect(await post('{', json)).toEqual(oops(400, 'malformed-body'))
        expect(await post(' '.repeat(128 * 1024 + 1))).toEqual(oops(413, 'body-too-large'))
      }
    }))

  test('has limits and scopes as all have: nobody who may write gets to delete by an upgrade [B-166]', () =>
    asking(mount, {}, async (ask) => {
      for (const [name, lacks] of Object.entries({ old: 'users.delete', reader: 'users.delete' })) {
        const refusal = oops(403, 'missing-scope', { lacks })
        expect(await ask('DELETE', '/people/nobody', { 'X-Made-Up-Key': name })).toEqual(refusal)
      }
      for (const refusal of [oops(404, 'user-not-found'), oops(404, 'user-not-found'), oops(429, 'rate-limited')]) {
        expect(await ask('DELETE', '/people/nobody')).toEqual(refusal)
      }
    }))

  test('hides the routes of the others, and describes itself', () =>
    asking(mount, {}, async (ask) => {
      const [status, body, name] = await ask('GET', '/users')
      // What answers there is the host, or we where there is none.
      expect([status, name]).toEqual([404, /^(?:node|fetch)/.test(mount.name) ? 'made-up' : undefined])
      if (name) expect(body).toEqual({ oops: 'nowhere' })
      const [found, document, speaks] = await ask('GET', '/openapi.json')
      expect([found, Object.keys(Object(document).paths), speaks]).toEqual([
        ...[200, ['/people', '/people/{userId}']],
        'made-up',
      ])
      expect(JSON.stringify(document)).not.toMatch(/appwrite|classic|user_/i)
      expect(Object(document).components.headers['X-Rollbook-Dialect'].schema).toEqual({ const: 'made-up' })
    }))

  test('tells of a failing storage in its words, and where there is no host of an unexpected error too', async () => {
    const closed = failingStorage(new Error('the disk is on fire'))
    await asking(mount, { service: { storage: closed } }, async (ask) => {
      const [status, body, name] = await ask('GET', '/people')
      expect(status).toBe(500)
      if (!/^(?:node|fetch)/.test(mount.name)) return expect(name).toBeUndefined()
      expect([body, name]).toEqual([
        { oops: 'unexpected', reference: expect.stringMatching(/^[0-9a-f]{8}$/) },
        'made-up',
      ])
    })
  })

  test('is asked about by the names of the service, with the user in the path', async () => {
    const asked: unknown[] = []
    const noting: Authorize = (request) => {
      asked.push([request.operation, request.userId])
      return { caller: { actor: 'admin' }, scopes }
    }
    await asking(mount, { authorize: noting }, async (ask) => {
      await ask('DELETE', '/people/ada')
      await ask('GET', '/openapi.json')
      expect(asked).toEqual([
        ['deleteUser', 'ada'],
        ['getOpenApi', undefined],
      ])
    })
  })

  test('is the one that a mount speaks when the host names it first, wherever it is in the list', () =>
    asking(mount, { authorize: letIn, dialects: ['made-up', 'classic'] }, async (ask) => {
      expect(await ask('GET', '/people')).toEqual([200, { people: [] }, 'made-up'])
      expect((await ask('GET', '/users'))[0]).toBe(404)
    }))

  test('is not the one that a mount speaks when another one is named, or first', async () => {
    for (const dialects of [['classic'], ['classic', 'made-up'], undefined]) {
      await asking(mount, { authorize: letIn, dialects }, async (ask) => {
        expect(await ask('GET', '/users')).toEqual([200, { sum: 0, users: [] }, 'classic'])
        expect((await ask('GET', '/people'))[0]).toBe(404)
      })
    }
  })
})
