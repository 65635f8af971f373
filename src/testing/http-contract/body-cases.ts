import assert from 'node:assert/strict'
import { assertMissing, assertRefusal, assertSuccess, objectIn, success } from './answers.js'
import type { HttpCase } from './contract.js'
import { withWorld } from './world.js'

const json = { 'Content-Type': 'application/json' }
const newUser = { email: 'ada@example.com', password: 'correct horse' }

/** Bodies that reach the mount whatever parser the host has in front of it. */
export const bodyCases: readonly HttpCase[] = [
  {
    name: 'a body that says nothing, or none at all, lacks the first required field [B-10]',
    run: (start) =>
      withWorld(start, {}, async ({ send }) => {
        const nothing = [{}, { headers: json }, { json: {} }, { json: [] }, { body: '', headers: json }]
        for (const sent of nothing) {
          assertMissing(await send('POST', '/users', sent), 'email')
          assertMissing(await send('PATCH', '/users/nobody/status', sent), 'status')
          assertMissing(await send('PATCH', '/users/nobody/prefs', sent), 'prefs')
        }
      }),
  },
  {
    name: 'JSON is read whatever the case and the parameters of its content type [B-150]',
    run: (start) =>
      withWorld(start, {}, async ({ send }) => {
        const types = ['application/json', 'APPLICATION/JSON', 'application/json; charset=utf-8', 'application/json;']
        const more = ['application/json;charset="UTF-8"', 'application/json ; profile="a; b"; charset=utf-8 ;']
        for (const [index, type] of [...types, ...more].entries()) {
          const body = JSON.stringify({ ...newUser, email: `user${index}@example.com`, name: 'Zoë 🦊' })
          const answer = await send('POST', '/users', { body, headers: { 'Content-Type': type } })
          assert.equal(objectIn(assertSuccess(answer, 201))['name'], 'Zoë 🦊')
        }
      }),
  },
  {
    name: 'a body that arrives in pieces is read to its end',
    run: (start) =>
      withWorld(start, {}, async ({ send }) => {
        const headers = { ...json, 'Transfer-Encoding': 'chunked' }
        assertSuccess(await send('POST', '/users', { body: JSON.stringify(newUser), headers }), 201)
      }),
  },
  {
    name: 'a body of another content type, or of none, answers 415 and nothing is written [B-17]',
    run: (start) =>
      withWorld(start, {}, async ({ send, users }) => {
        const body = JSON.stringify(newUser)
        const types = [
          'text/plain',
          'text/json',
          'application/x-www-form-urlencoded',
          'multipart/form-data; boundary=x',
        ]
        const headers = [...types, 'application/jsonp', 'application/javascript'].map((type) => ({
          'Content-Type': type,
        }))
        for (const sent of [...headers, {}]) {
          const answer = await send('POST', '/users', { body, headers: sent })
          assertRefusal(answer, 415, 'general_media_type_unsupported')
          for (const path of ['/users/nobody/status', '/users/nobody/prefs']) {
            const refused = await send('PATCH', path, { body: '{"status":1,"prefs":{}}', headers: sent })
            assertRefusal(refused, 415, 'general_media_type_unsupported')
          }
        }
        const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
        const answer = await send('POST', '/users', { body: 'email=a%40b.co&password=correct+horse', headers: form })
        assertRefusal(answer, 415, 'general_media_type_unsupported')
        assert.equal((await users.listUsers({ total: true })).total, 0)
      }),
  },
  {
    name: 'a content type that is none answers 415 [B-17]',
    run: (start) =>
      withWorld(start, {}, async ({ send }) => {
        for (const type of ['x', 'application/json, text/plain']) {
          const answer = await send('POST', '/users', {
            body: JSON.stringify(newUser),
            headers: { 'Content-Type': type },
          })
          assertRefusal(answer, 415, 'general_media_type_unsupported')
        }
      }),
  },
  {
    name: 'a list with something in it is no body [B-10]',
    run: (start) =>
      withWorld(start, {}, async ({ send }) => {
        for (const sent of [[1], [newUser], [null], [[]]]) {
          assertRefusal(await send('POST', '/users', { json: sent }), 400, 'general_argument_invalid')
        }
      }),
  },
  {
    name: 'fields that the API does not have are ignored and set nothing [B-13]',
    run: (start) =>
      withWorld(start, {}, async ({ send, users }) => {
        const more = {
          id: 'mine',
          $id: 'mine',
          userId: 'mine',
          status: 1,
          emailVerified: true,
          emailVerification: true,
        }
        const times = { createdAt: 0, registration: 1, passwordHash: 'x', prefs: { a: 1 }, roles: ['x'], sessions: [1] }
        const user = objectIn(
          assertSuccess(await send('POST', '/users', { json: { ...newUser, ...more, ...times } }), 201),
        )
        const id = String(user['$id'])
        const expected = {
          email: newUser.email,
          registration: 1767225600,
          emailVerification: false,
          name: '',
          roles: [],
        }
        assert.notEqual(id, 'mine')
        assert.deepEqual(user, { $id: id, status: 0, ...expected })
        const before = await users.getUser(id)
        const patches = {
          status: { ...more, ...times, status: 0, name: 'x', email: 'x@example.com' },
          prefs: { ...times, ...more, prefs: {} },
        }
        for (const [name, sent] of Object.entries(patches)) {
          assertSuccess(await send('PATCH', `/users/${id}/${name}`, { json: sent }))
        }
        assert.deepEqual(await users.getUser(id), before)
      }),
  },
  {
    name: 'GET reads no body: old clients send one',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser: create }) => {
        const { id } = await create()
        const text = { body: 'hello', headers: { 'Content-Type': 'text/plain' } }
        for (const sent of [{ json: {} }, { json: [] }, { json: { limit: 0, search: 'x' } }, text]) {
          for (const path of ['/users', `/users/${id}`, `/users/${id}/prefs`, `/users/${id}/sessions`]) {
            assertSuccess(await send('GET', path, sent))
          }
        }
      }),
  },
  {
    name: 'DELETE takes whatever body a client sends along',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser: create, users }) => {
        const { id } = await create()
        const form = { body: 'a=b', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }
        const text = { body: 'hello', headers: { 'Content-Type': 'text/plain' } }
        for (const sent of [
          {},
          { headers: json },
          { json: {} },
          { json: [] },
          { json: [1] },
          form,
          text,
          { body: '{' },
        ]) {
          const { session } = await users.createUserSession(id)
          assert.deepEqual(assertSuccess(await send('DELETE', `/users/${id}/sessions`, sent)), success)
          assertRefusal(await send('DELETE', `/users/${id}/sessions/${session.id}`), 404, 'user_session_not_found')
          const next = await users.createUserSession(id)
          const answer = await send('DELETE', `/users/${id}/sessions/${next.session.id}`, sent)
          assert.deepEqual(assertSuccess(answer), success)
        }
      }),
  },
]
