import assert from 'node:assert/strict'
import { assertHeaders, assertRefusal, objectIn } from './answers.js'
import { noted } from './authorize-call-cases.js'
import type { HttpCase } from './contract.js'
import type { Answer } from './send.js'
import { spiedParts } from './spies.js'
import { withWorld } from './world.js'

const place = '/openapi.json'

/** Who may read the document of the API, where a host serves it. */
export const openApiCases: readonly HttpCase[] = [
  {
    name: 'unless the host asks for the OpenAPI document, its path is the host’s, and authorize is not asked',
    run: async (start) => {
      for (const options of [{}, { openapi: false }]) {
        const { asked, authorize } = noted()
        await withWorld(start, { authorize, ...options }, async ({ send }) => {
          assert.equal((await send('GET', place)).status, 404)
          assert.deepEqual(asked, [])
        })
      }
    },
  },
  {
    name: 'the OpenAPI document tells of the paths beside it, and neither storage nor hasher is asked for it',
    run: async (start) => {
      const { calls, ...service } = spiedParts()
      const { asked, authorize } = noted()
      await withWorld(start, { service, authorize, openapi: true }, async ({ send }) => {
        for (const path of [place, `/${place}?x=1`]) {
          const { openapi, servers, paths } = documentIn(await send('GET', path))
          assert.match(String(openapi), /^3\.1\./)
          assert.deepEqual(servers, [{ url: '.' }])
          assert.equal(Object.keys(objectIn(paths)).length, 7)
        }
        const [head, get] = [await send('HEAD', place), await send('GET', place)]
        assert.deepEqual([head.status, head.text], [200, ''])
        assert.equal(head.headers['content-length'], get.headers['content-length'])
        assert.deepEqual(new Set(asked.map(({ operation }) => operation)), new Set(['getOpenApi']))
        assert.deepEqual(calls, [])
      })
    },
  },
  {
    name: 'the OpenAPI document is for callers who may read users, and for no other method than GET [B-02, B-16]',
    run: async (start) => {
      await withWorld(start, { openapi: true, authorize: () => undefined }, async ({ send }) => {
        const message = 'Guest (role: guest) missing scope (users.read)'
        assertRefusal(await send('GET', place), 401, 'general_unauthorized_scope', message)
        assertRefusal(await send('POST', place), 401, 'general_unauthorized_scope', message)
      })
      const writer = () => ({ caller: { actor: 'writer' }, scopes: ['users.write'] as const })
      await withWorld(start, { openapi: true, authorize: writer }, async ({ send }) => {
        assertRefusal(await send('GET', place), 403, 'general_unauthorized_scope')
      })
      await withWorld(start, { openapi: true }, async ({ send }) => {
        for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
          const answer = await send(method, place)
          assertRefusal(answer, 405, 'general_method_not_allowed')
          assert.equal(answer.headers.allow, 'GET, HEAD')
        }
        assert.equal((await send('GET', `${place}/`)).status, 404)
      })
    },
  },
]

function documentIn(answer: Answer): Readonly<Record<string, unknown>> {
  assert.equal(answer.status, 200, answer.text)
  assertHeaders(answer)
  return objectIn(answer.body)
}
