import assert from 'node:assert/strict'
import type { Authorize } from '../../http/authorization.js'
import { assertRefusal, assertSuccess } from './answers.js'
import type { HttpCase } from './contract.js'
import { keptLogger, spiedParts } from './spies.js'
import { callsOnUser, tenCalls } from './ten-calls.js'
import { withWorld } from './world.js'

const scopes = ['users.read', 'users.write']
const caller = { actor: 'admin' }

// None of these is the documented value that lets a caller in.
const refusals: readonly unknown[] = [
  ...[
    undefined,
    null,
    false,
    0,
    '',
    Number.NaN,
    {},
    [],
    { message: 'problem' },
    'false',
    'true',
    1,
    true,
    'users.read',
  ],
  ...[{ caller }, { scopes }, { caller: null, scopes }, { caller: 'admin', scopes }, { caller: {}, scopes }],
  ...[
    { caller: { actor: '' }, scopes },
    { caller: { actor: 1 }, scopes },
    { caller, scopes: 'users.read' },
  ],
  ...[{ caller, scopes: null }, { caller, scopes: { 'users.read': true } }, [caller, scopes]],
]

// Nor is any of these, which have a caller and scopes but are not plain objects of just those.
const lookalikes: readonly unknown[] = [
  Object.assign(new Error('no'), { caller, scopes }),
  Object.create({ caller, scopes }),
  Object.assign(Object.create({ scopes }), { caller }),
  { allowed: false, caller, scopes },
  { caller, scopes, error: undefined },
  Object.assign([], { caller, scopes }),
  new (class Refused {
    readonly caller = caller
    readonly scopes = scopes
  })(),
  {
    get caller() {
      return caller
    },
    scopes,
  },
  { caller: Object.create(caller), scopes },
  { caller: { ...caller, allowed: false }, scopes },
  { caller: { ...caller, ip: 7 }, scopes },
  { caller, scopes: new Set(scopes) },
]

// `authorize` is written by hosts, some of them without types.
const answering = (answer: () => unknown) => answer as Authorize

/** Who gets in, and that nothing else happens for those who do not. */
export const authorizationCases: readonly HttpCase[] = [
  {
    name: 'a refused caller gets one and the same 401 on a route, whatever the user, the email or the body [B-02]',
    run: (start) =>
      withWorld(start, { authorize: () => undefined }, async ({ send, newUser, users }) => {
        const { id, email } = await newUser()
        const { session } = await users.createUserSession(id)
        const others = ['nobody', '%00', 'a'.repeat(5000)]
        const known = tenCalls(id, session.id, email)
        for (const [index, { method, path, scope, json }] of known.entries()) {
          const answer = await send(method, path, { json })
          assertRefusal(answer, 401, 'general_unauthorized_scope', `Guest (role: guest) missing scope (${scope})`)
          assert.equal(answer.headers['www-authenticate'], 'Bearer')
          const same = [
            ...others.map((other) => tenCalls(other, other)[index]?.path ?? ''),
            `${path}?limit=-1&search[]=`,
          ]
          for (const other of same) assert.deepEqual((await send(method, other, { json })).body, answer.body, other)
          if (json === undefined) continue
          for (const sent of [
            {},
            { body: '{' },
            { json: { email: 1, status: 9 } },
            { body: 'x', headers: { 'Content-Type': 'text/plain' } },
          ]) {
            assert.deepEqual((await send(method, path, sent)).body, answer.body)
          }
        }
      }),
  },
  {
    name: 'a refused caller gets that 401 also where the path has dots or a broken percent-encoding in it [B-02, B-10]',
    run: (start) =>
      withWorld(start, { authorize: () => undefined }, async ({ send }) => {
        for (const { method, path, json } of ['..', '%E0%A4%A'].flatMap((odd) => callsOnUser(odd, odd))) {
          assertRefusal(await send(method, path, { json }), 401, 'general_unauthorized_scope')
        }
      }),
  },
  {
    name: 'for a refused caller neither the storage nor the hasher is asked [B-02]',
    run: async (start) => {
      const { calls, ...service } = spiedParts()
      await withWorld(start, { service, authorize: () => undefined }, async ({ send, newUser }) => {
        const { id, email } = await newUser()
        calls.length = 0
        for (const user of [id, 'nobody', '%00']) {
          for (const { method, path, json } of tenCalls(user, 'none', email)) {
            assert.equal((await send(method, path, { json })).status, 401)
          }
        }
        assert.deepEqual(calls, [])
      })
    },
  },
  {
    name: 'nothing but a caller with scopes lets anybody in [B-05]',
    run: (start) => {
      let answer: unknown
      return withWorld(start, { authorize: answering(() => answer) }, async ({ send, newUser }) => {
        const { id } = await newUser()
        for (const [index, refusal] of refusals.entries()) {
          for (const method of ['GET', 'DELETE']) {
            answer = index % 2 === Number(method === 'GET') ? refusal : Promise.resolve(refusal)
            const asked = await send(method, `/users/${id}/sessions`)
            assertRefusal(asked, 401, 'general_unauthorized_scope')
          }
        }
        for (const given of [{ caller, scopes }, Promise.resolve({ caller, scopes })]) {
          answer = given
          assertSuccess(await send('GET', `/users/${id}`))
        }
      })
    },
  },
  {
    name: 'what only looks like the documented answer of authorize is a no, and the log hears what is wrong [B-153]',
    run: (start) => {
      let answer: unknown
      const logger = keptLogger()
      return withWorld(start, { logger, authorize: answering(() => answer) }, async ({ send, newUser }) => {
        const { id } = await newUser()
        for (const lookalike of lookalikes.flatMap((one) => [one, Promise.resolve(one)])) {
          answer = lookalike
          logger.told.length = 0
          assertRefusal(await send('DELETE', `/users/${id}/sessions`), 401, 'general_unauthorized_scope')
          const [told] = logger.told
          assert.match(told?.message ?? '', /authorize did not return \{ caller, scopes \}/)
          assert.match(String(Object(told?.details).why), /^(?:the answer|caller|scopes) /)
        }
      })
    },
  },
  {
    name: 'when authorize throws or rejects nobody gets in, and the answer is a 500 that tells nothing of it [B-04, B-11]',
    run: async (start) => {
      const { calls, ...service } = spiedParts()
      const logger = keptLogger()
      const failure = new Error('SELECT secret FROM keys')
      let fail: () => unknown = () => undefined
      const authorize = answering(() => fail())
      await withWorld(start, { service, authorize, logger }, async ({ send, newUser }) => {
        const { id } = await newUser()
        calls.length = 0
        const throwing = () => {
          throw failure
        }
        for (const failing of [throwing, () => Promise.reject(failure), () => Promise.reject(undefined)]) {
          fail = failing
          for (const { method, path, json } of tenCalls(id, 'none')) {
            const answer = await send(method, path, { json })
            assert.equal(answer.status, 500)
            assert.doesNotMatch(answer.text, /SELECT|secret|node_modules|authorization\.[jt]s/)
          }
        }
        assert.deepEqual(calls, [])
        assert.equal(logger.told.length, 30)
      })
    },
  },
  {
    name: 'a caller without the scope of a route gets 403, and nothing is done [B-02]',
    run: async (start) => {
      const { calls, ...service } = spiedParts()
      for (const had of [[], ['users.read'], ['users.write'], ['users', '*', 'users.write '], [['users.write']]]) {
        const authorize = answering(() => ({ caller, scopes: had }))
        await withWorld(start, { service, authorize }, async ({ send }) => {
          calls.length = 0
          const lacking = tenCalls('nobody', 'none').filter(({ scope }) => !had.some((name) => name === scope))
          for (const { method, path, json, scope } of lacking) {
            const message = `admin (role: application) missing scope (${scope})`
            assertRefusal(await send(method, path, { json }), 403, 'general_unauthorized_scope', message)
          }
          assert.deepEqual(calls, [])
        })
      }
    },
  },
  {
    name: 'a caller with the scope of a route may use it, and no other scope is needed',
    run: async (start) => {
      for (const scope of ['users.read', 'users.write'] as const) {
        const authorize = () => ({ caller, scopes: [scope] })
        await withWorld(start, { authorize }, async ({ send, newUser, users }) => {
          const { id } = await newUser()
          const { session } = await users.createUserSession(id)
          for (const call of tenCalls(id, session.id).filter((known) => known.scope === scope)) {
            assertSuccess(await send(call.method, call.path, call), call.operation === 'createUser' ? 201 : 200)
          }
        })
      }
    },
  },
  {
    name: 'no field, parameter or header changes the decision but by authorize itself [B-03]',
    run: (start) =>
      withWorld(start, { authorize: () => undefined }, async ({ send, newUser }) => {
        const { id } = await newUser()
        const claims = {
          role: 'admin',
          isAdmin: true,
          admin: true,
          userId: id,
          scopes,
          caller,
          authorization: 'Bearer x',
        }
        const headers = {
          ...{ 'X-User-Id': id, 'X-Appwrite-Key': 'key', 'X-Appwrite-Mode': 'admin', Authorization: 'Bearer key' },
          ...{ 'X-Forwarded-For': '127.0.0.1', 'X-Original-URL': '/', 'X-Rewrite-URL': '/', Cookie: 'admin=1' },
        }
        for (const { method, path, json } of tenCalls(id, 'none')) {
          const answer = await send(method, `${path}?admin=1&role=admin&key=x&scopes=users.write&mode=admin`, {
            headers,
            ...(json !== undefined && { json: { ...Object(json), ...claims } }),
          })
          assertRefusal(answer, 401, 'general_unauthorized_scope')
        }
      }),
  },
]
