import assert from 'node:assert/strict'
import { assertHeaders, assertRefusal, assertSuccess } from './answers.js'
import type { HttpCase } from './contract.js'
import { withWorld } from './world.js'

const allowed: Readonly<Record<string, string>> = {
  '/users': 'GET, HEAD, POST',
  '/users/user1': 'GET, HEAD',
  '/users/user1/prefs': 'GET, HEAD, PATCH',
  '/users/user1/sessions': 'GET, HEAD, DELETE',
  '/users/user1/logs': 'GET, HEAD',
  '/users/user1/status': 'PATCH',
  '/users/user1/sessions/none': 'DELETE',
}

/** Which methods a path has. */
export const methodCases: readonly HttpCase[] = [
  {
    name: 'a method that a path does not have answers 405 and the ones that it has, and does nothing [B-16]',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser, users }) => {
        await newUser({ id: 'user1' })
        for (const [path, allow] of Object.entries(allowed)) {
          for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE']) {
            if (allow.split(', ').includes(method)) continue
            const answer = await send(method, path)
            if (method === 'HEAD') {
              assert.equal(answer.status, 405)
              assertHeaders(answer)
            } else assertRefusal(answer, 405, 'general_method_not_allowed')
            assert.deepEqual(answer.headers.allow?.split(', ').sort(), allow.split(', ').sort(), `${method} ${path}`)
          }
        }
        assert.equal((await users.listUsers({ total: true })).total, 1)
      }),
  },
  {
    name: 'a method of other protocols than HTTP alone answers 405 too [B-16]',
    run: (start) =>
      withWorld(start, {}, async ({ send }) => {
        assertRefusal(await send('PROPFIND', '/users'), 405, 'general_method_not_allowed')
      }),
  },
  {
    name: 'a header, parameter or field that names another method has no effect [B-16]',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser, users }) => {
        const { id } = await newUser()
        const { secret } = await users.createUserSession(id)
        const names = ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override']
        const headers = Object.fromEntries(names.map((name) => [name, 'DELETE']))
        const path = `/users/${id}/sessions?_method=DELETE`
        assertSuccess(await send('GET', path, { headers }))
        const answer = await send('POST', path, { headers, json: { _method: 'DELETE' } })
        assertRefusal(answer, 405, 'general_method_not_allowed')
        await users.verifyUserSession(secret)
      }),
  },
  {
    name: 'HEAD tells the headers of the GET',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser }) => {
        const { id } = await newUser({ name: 'Zoë 🦊' })
        const [head, get] = [await send('HEAD', `/users/${id}`), await send('GET', `/users/${id}`)]
        for (const name of [
          ...['content-type', 'content-length', 'cache-control', 'x-content-type-options', 'x-rollbook-dialect'],
        ]) {
          assert.equal(head.headers[name], get.headers[name], name)
        }
        assert.equal(get.headers['content-length'], String(Buffer.byteLength(get.text)))
        assert.equal((await send('HEAD', '/users/nobody')).status, 404)
      }),
  },
  {
    name: 'users are for nobody to cache: a conditional request is answered in full [B-09]',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser }) => {
        const { id } = await newUser()
        const headers = { 'If-None-Match': '*', 'If-Modified-Since': 'Fri, 01 Jan 2100 00:00:00 GMT' }
        assertSuccess(await send('GET', `/users/${id}`, { headers }))
      }),
  },
]
