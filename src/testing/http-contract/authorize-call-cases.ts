import assert from 'node:assert/strict'
import { request } from 'node:http'
import type { Authorize, AuthorizeRequest } from '../../http/authorization.js'
import { assertRefusal } from './answers.js'
import type { HttpCase } from './contract.js'
import { read } from './send.js'
import { callsOnUser, tenCalls } from './ten-calls.js'
import { letIn, withWorld } from './world.js'

/** An `authorize` that records what it is asked. */
export function noted(decide: Authorize = letIn): { asked: AuthorizeRequest[]; authorize: Authorize } {
  const asked: AuthorizeRequest[] = []
  const authorize: Authorize = (question) => {
    asked.push(question)
    return decide(question)
  }
  return { asked, authorize }
}

/** How `authorize` is asked. */
export const authorizeCallCases: readonly HttpCase[] = [
  {
    name: 'authorize is asked exactly once for each request, with its operation, method, user, headers and address [B-06]',
    run: (start) => {
      const { asked, authorize } = noted()
      return withWorld(start, { authorize }, async ({ send, newUser }) => {
        const { id } = await newUser()
        const onUser = callsOnUser(id, 'none').map(({ operation }) => operation)
        for (const { operation, method, path, json } of tenCalls(id, 'none')) {
          asked.length = 0
          await send(method, path, { json, headers: { 'X-Reason': 'audit', 'X-Appwrite-Key': 'Key' } })
          const [question, ...more] = asked
          assert.deepEqual(more, [])
          assert.equal(question?.operation, operation)
          assert.equal(question?.method, method)
          assert.equal(question?.userId, onUser.includes(operation) ? id : undefined)
          assert.equal(question?.headers['x-reason'], 'audit')
          assert.equal(question?.headers['x-appwrite-key'], 'Key')
          assert.match(question?.ip ?? '', /^(?:::ffff:)?127\.0\.0\.1$|^::1$/)
          assert.ok(typeof question?.host === 'object' && question.host !== null)
        }
      })
    },
  },
  {
    name: 'HEAD is authorised as the GET it stands for, and returns no body [B-06]',
    run: async (start) => {
      for (const decide of [letIn, () => undefined]) {
        const { asked, authorize } = noted(decide)
        await withWorld(start, { authorize }, async ({ send, newUser }) => {
          const { id } = await newUser()
          for (const { operation, path } of tenCalls(id, 'none').filter(({ method }) => method === 'GET')) {
            asked.length = 0
            const answer = await send('HEAD', path)
            assert.deepEqual(
              asked.map((question) => [question.operation, question.method]),
              [[operation, 'HEAD']],
            )
            assert.equal(answer.status, decide === letIn ? 200 : 401)
            assert.equal(answer.text, '')
          }
        })
      }
    },
  },
  {
    name: 'a method that a path does not have is authorised too, without an operation [B-06, B-16]',
    run: (start) => {
      const { asked, authorize } = noted(() => undefined)
      return withWorld(start, { authorize }, async ({ send }) => {
        for (const method of ['OPTIONS', 'PUT', 'TRACE']) {
          asked.length = 0
          assertRefusal(await send(method, '/users/nobody/status'), 401, 'general_unauthorized_scope')
          assert.equal(asked.length, 1)
          assert.equal(asked[0]?.method, method)
          assert.equal(asked[0] && 'operation' in asked[0], false)
        }
      })
    },
  },
  {
    name: 'a CORS preflight is asked about as any request, lets nothing happen, and is told where CORS belongs [B-157]',
    run: async (start) => {
      const preflight = { Origin: 'https://app.example', 'Access-Control-Request-Method': 'GET' }
      for (const decide of [() => undefined, letIn]) {
        const { asked, authorize } = noted(decide)
        await withWorld(start, { authorize }, async ({ send, newUser }) => {
          const { id } = await newUser()
          for (const path of ['/users', `/users/${id}`, '/users/nobody/sessions']) {
            asked.length = 0
            const answer = await send('OPTIONS', path, { headers: preflight })
            if (decide === letIn) assertRefusal(answer, 405, 'general_method_not_allowed')
            else assertRefusal(answer, 401, 'general_unauthorized_scope', /^A CORS preflight carries no key: put/)
            assert.deepEqual(
              Object.keys(answer.headers).filter((name) => name.startsWith('access-control-')),
              [],
            )
            assert.equal(asked.length, 1)
          }
        })
      }
    },
  },
  {
    name: 'authorize sees the user as the operation will: percent-encoding is gone, and a plus is a plus [B-06]',
    run: (start) => {
      const { asked, authorize } = noted()
      return withWorld(start, { authorize }, async ({ send }) => {
        for (const [path, userId] of Object.entries({
          '/users/%75ser1': 'user1',
          '/users/a%2Fb/prefs': 'a/b',
          '/users/%F0%9F%98%80/logs': '😀',
          '/users/a%2Bb': 'a+b',
          '/users/a+b': 'a+b',
        })) {
          asked.length = 0
          assertRefusal(await send('GET', path), 404, 'user_not_found')
          assert.deepEqual(
            asked.map((question) => question.userId),
            [userId],
          )
        }
      })
    },
  },
  {
    name: 'a refused request is answered before its body has arrived [B-08]',
    run: (start) =>
      withWorld(start, { authorize: () => undefined }, async ({ url }) => {
        for (const { method, path } of tenCalls('nobody', 'none').filter(({ json }) => json !== undefined)) {
          const headers = { 'Content-Type': 'application/json', 'Content-Length': 100 * 1024 * 1024 }
          const asking = request(url + path, { method, headers, agent: false })
          const answered = new Promise<number>((resolve, reject) => {
            asking
              .on('error', reject)
              .on('response', (response) => resolve(read(response).then(({ status }) => status)))
          })
          asking.write('{"email":"')
          assert.equal(await answered, 401)
          asking.on('error', () => undefined).destroy()
        }
      }),
  },
  {
    name: 'a credential that is given twice opens nothing: authorize gets all of a header, not its first [B-149]',
    run: (start) => {
      const { asked, authorize } = noted((question) => {
        const { authorization, 'x-appwrite-key': key } = question.headers
        return authorization === 'Bearer key' || key === 'key' ? letIn(question) : undefined
      })
      return withWorld(start, { authorize }, async ({ send }) => {
        const keys = [
          ['Bearer key', 'Bearer other'],
          ['Bearer other', 'Bearer key'],
          ['Bearer key', 'Bearer key'],
        ]
        for (const sent of keys) {
          asked.length = 0
          const answer = await send('GET', '/users', { headers: { Authorization: sent, 'X-Reason': ['a', 'b'] } })
          assertRefusal(answer, 401, 'general_unauthorized_scope')
          assert.deepEqual(
            asked.map(({ headers }) => [headers.authorization, headers['x-reason']]),
            [[sent.join(', '), 'a, b']],
          )
          const names = ['key', 'other'].map((name) => ({ headers: { 'X-Appwrite-Key': ['key', name] } }))
          for (const one of names) {
            assertRefusal(await send('GET', '/users', one), 401, 'general_unauthorized_scope')
          }
        }
        assert.equal((await send('GET', '/users', { headers: { Authorization: 'Bearer key' } })).status, 200)
      })
    },
  },
]
