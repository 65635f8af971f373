import path from 'node:path'
import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import { classic } from '../../../src/http/dialects/classic/index.js'
import { classicRoutes } from '../../../src/http/dialects/classic/routes.js'
import { openApiDocument } from '../../../src/http/openapi/document.js'
import { requestBody } from '../../../src/http/openapi/request-parts.js'
import { route } from '../../../src/http/route.js'
import { root } from '../../repository/files.js'
import { described, describedOperations } from './described.js'

const regenerate = 'it is made from the routes: npx vitest run test/http/openapi/document.test.ts -u'

test('docs/openapi.json is the document of the routes as they are', async () => {
  const text = `${JSON.stringify(openApiDocument(classic, '/v1'), null, 2)}\n`
  await expect(text, regenerate).toMatchFileSnapshot(path.join(root, 'docs/openapi.json'))
})

test('a validator of OpenAPI 3.1 finds nothing wrong', async () => {
  const validator = new Validator()
  expect(await validator.validate({ ...described })).toEqual({ valid: true })
  expect(validator.version).toBe('3.1')
})

test('the document has the operations of the route table, each with its path, method, scope and status', () => {
  const routes = Object.entries(classicRoutes).map(([operationId, { path, method, scope, status }]) => ({
    operationId,
    ...{ path, method, scope, status: String(status) },
  }))
  const found = describedOperations.map(({ path, method, operation: { operationId, security, responses } }) => ({
    operationId,
    ...{ path, method, scope: security[0]?.['key']?.[0], status: Object.keys(responses).at(0) },
  }))
  const byId = (one: { operationId: string }, other: { operationId: string }) =>
    one.operationId.localeCompare(other.operationId)
  expect(found.toSorted(byId)).toEqual(routes.toSorted(byId))
})

test('a field of a route that nothing describes cannot be left out unnoticed', () => {
  const made = route({
    method: 'POST',
    path: '/users',
    scope: 'users.write',
    body: ['email', 'shoeSize'],
    status: 201,
    input: ({ body }) => body,
    run: async () => undefined,
    output: () => ({}),
  })
  expect(() => requestBody(classic.description, made, new Map())).toThrow('shoeSize of a route is not described')
})

test('every reference in the document leads somewhere', () => {
  const references = [...JSON.stringify(described).matchAll(/"\$ref":"#([^"]+)"/g)].map(([, pointer = '']) => pointer)
  expect(references.length).toBeGreaterThan(20)
  const broken = references.filter(
    (pointer) =>
      pointer
        .split('/')
        .slice(1)
        .reduce<unknown>((part, name) => Reflect.get(Object(part), name), described) === undefined,
  )
  expect(broken).toEqual([])
})
