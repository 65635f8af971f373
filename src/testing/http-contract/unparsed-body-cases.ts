import assert from 'node:assert/strict'
import { request } from 'node:http'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { assertInvalid, assertMissing, assertRefusal, assertSuccess, success } from './answers.js'
import type { HttpCase } from './contract.js'
import { withWorld } from './world.js'

const json = { 'Content-Type': 'application/json' }
const body = JSON.stringify({ email: 'ada@example.com', password: 'correct horse' })

/** Bodies that a parser of the host may refuse, or read otherwise, before the mount sees them. */
export const unparsedBodyCases: readonly HttpCase[] = [
  {
    name: 'GET answers also when its body is the JSON text "" or null',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser }) => {
        const { id } = await newUser()
        for (const sent of [{ json: '' }, { json: null }]) {
          for (const path of ['/users', `/users/${id}`, `/users/${id}/logs`])
            assertSuccess(await send('GET', path, sent))
        }
      }),
  },
  {
    name: 'GET and DELETE answer also when their body is no JSON at all',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser, users }) => {
        const { id } = await newUser()
        const { session } = await users.createUserSession(id)
        const sent = { body: '{', headers: json }
        assertSuccess(await send('GET', `/users/${id}`, sent))
        assert.deepEqual(assertSuccess(await send('DELETE', `/users/${id}/sessions/${session.id}`, sent)), success)
        assert.deepEqual(assertSuccess(await send('DELETE', `/users/${id}/sessions`, sent)), success)
      }),
  },
  {
    name: 'the JSON texts "" and null say nothing, like no body [B-10]',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser }) => {
        const { id } = await newUser()
        for (const sent of [{ json: '' }, { json: null }]) {
          assertMissing(await send('POST', '/users', sent), 'email')
          assertMissing(await send('PATCH', `/users/${id}/status`, sent), 'status')
          assert.deepEqual(assertSuccess(await send('DELETE', `/users/${id}/sessions`, sent)), success)
        }
      }),
  },
  {
    name: 'a body that is JSON but no object answers 400 [B-10]',
    run: (start) =>
      withWorld(start, {}, async ({ send }) => {
        for (const sent of ['x', 1, 0, true, false]) {
          assertRefusal(await send('POST', '/users', { json: sent }), 400, 'general_argument_invalid')
        }
      }),
  },
  {
    name: 'a body that is no JSON in UTF-8 answers 400 and nothing is written [B-10]',
    run: (start) =>
      withWorld(start, {}, async ({ send, users }) => {
        const utf16 = Buffer.from(`\ufeff${body}`, 'utf16le')
        const latin1 = Buffer.from(body.replace('{', '{"name":"Zoë",'), 'latin1')
        for (const sent of [
          '{',
          '{"email"',
          `${body}x`,
          "{'email':1}",
          'email=a',
          '{"email":undefined}',
          utf16,
          latin1,
        ]) {
          const answer = await send('POST', '/users', { body: sent, headers: json })
          assertRefusal(answer, 400, 'general_argument_invalid', 'The body must be valid JSON in UTF-8')
        }
        assert.equal((await users.listUsers({ total: true })).total, 0)
      }),
  },
  {
    name: 'a body that begins with a byte order mark answers 400 [B-10]',
    run: (start) =>
      withWorld(start, {}, async ({ send }) => {
        const answer = await send('POST', '/users', { body: `\ufeff${body}`, headers: json })
        assertRefusal(answer, 400, 'general_argument_invalid')
      }),
  },
  {
    name: 'a charset other than UTF-8 answers 415 [B-10]',
    run: (start) =>
      withWorld(start, {}, async ({ send }) => {
        for (const charset of ['utf-16', 'utf-16le', 'iso-8859-1']) {
          const headers = { 'Content-Type': `application/json; charset=${charset}` }
          const answer = await send('POST', '/users', { body: Buffer.from(body, 'utf16le'), headers })
          assertRefusal(answer, 415, 'general_media_type_unsupported')
        }
      }),
  },
  {
    name: 'a compressed body answers 415 [B-10]',
    run: (start) =>
      withWorld(start, {}, async ({ send, users }) => {
        for (const [encoding, sent] of Object.entries({ gzip: gzipSync(body), br: brotliCompressSync(body) })) {
          const answer = await send('POST', '/users', {
            body: sent,
            headers: { ...json, 'Content-Encoding': encoding },
          })
          assertRefusal(answer, 415, 'general_media_type_unsupported')
        }
        assert.equal((await users.listUsers({ total: true })).total, 0)
      }),
  },
  {
    name: 'a content type that is given twice, or has parameters that cannot be read, answers 415 [B-149]',
    run: (start) =>
      withWorld(start, {}, async ({ send, users }) => {
        const twice = [
          ['application/json', 'application/json'],
          ['application/json', 'text/plain'],
        ]
        const odd = ['application/json; x', 'application/json; charset="utf-8']
        for (const type of [...twice, ...odd, 'application/json; charset=utf-8; charset=utf-16']) {
          const answer = await send('POST', '/users', { body, headers: { 'Content-Type': type } })
          assertRefusal(answer, 415, 'general_media_type_unsupported')
        }
        assert.equal((await users.listUsers({ total: true })).total, 0)
      }),
  },
  {
    name: 'a body of more than 128 KiB answers 413, told or found to be so long, and nothing is written [B-114]',
    run: (start) =>
      withWorld(start, {}, async ({ send, users }) => {
        const long = `{"name":"${'x'.repeat(128 * 1024 + 1 - 11)}"}`
        for (const headers of [json, { ...json, 'Transfer-Encoding': 'chunked' }]) {
          const answer = await send('POST', '/users', { body: long, headers })
          assertRefusal(answer, 413, 'general_body_too_large')
          assertMissing(await send('POST', '/users', { body: `${long.slice(0, -3)}"}`, headers }), 'email')
        }
        assert.equal((await users.listUsers({ total: true })).total, 0)
      }),
  },
  {
    name: 'after a body that is too long the connection is closed: the client may still be sending [B-114]',
    run: (start) =>
      withWorld(start, {}, async ({ send }) => {
        const answer = await send('POST', '/users', { body: `"${'x'.repeat(128 * 1024)}"`, headers: json })
        assertRefusal(answer, 413, 'general_body_too_large')
        assert.equal(answer.headers.connection, 'close')
      }),
  },
  {
    name: 'a field named __proto__ sets nothing [B-13]',
    run: (start) =>
      withWorld(start, {}, async ({ send }) => {
        const odd = `{"__proto__":${body},"constructor":{"prototype":{"email":"a@example.com"}}}`
        assertMissing(await send('POST', '/users', { body: odd, headers: json }), 'email')
        const status = '{"__proto__":{"status":2},"status":"__proto__"}'
        assertInvalid(await send('PATCH', '/users/nobody/status', { body: status, headers: json }), 'status')
        assert.equal(Reflect.get({}, 'email'), undefined)
      }),
  },
  {
    name: 'a client that hangs up in the middle of its body leaves no user, and the next one is served [B-117]',
    run: (start) =>
      withWorld(start, {}, async ({ url, send, users }) => {
        const headers = { ...json, 'Content-Length': Buffer.byteLength(body) }
        const asking = request(`${url}/users`, { method: 'POST', headers, agent: false })
        const closed = new Promise((resolve) => asking.on('close', resolve))
        asking.on('error', () => undefined).write(body.slice(0, 20), () => asking.destroy())
        await closed
        assertSuccess(await send('GET', '/users'))
        assert.equal((await users.listUsers({ total: true })).total, 0)
      }),
  },
]
