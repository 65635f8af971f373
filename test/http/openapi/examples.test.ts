import { describe, expect, test } from 'vitest'
import type { Answer } from '../../../src/testing/http-contract/send.js'
import { type DescribedOperation, described, describedOperations } from './described.js'
import { conditions } from './example-conditions.js'
import { startExampleWorld } from './example-world.js'
import { faults } from './fits.js'

const examples = describedOperations.flatMap(({ path, method, operation }) =>
  Object.entries(operation.responses).flatMap(([status, response]) =>
    Object.entries(response.content['application/json'].examples).map(([name, { value }]) => ({
      operationId: operation.operationId,
      name,
      ...{ path, method, operation, response, value },
      status: Number(status),
    })),
  ),
)

describe('every example of the OpenAPI document is what the service answers', () => {
  test.each(examples)('$operationId: $name', async ({ path, method, operation, status, response, name, value }) => {
    await using world = await startExampleWorld()
    const condition = conditions[name] ?? {}
    const body = saidBody(operation, name)
    const changed = condition.sent?.(operation)
    const sent = changed?.body === undefined && body !== undefined ? { json: body, ...changed } : changed
    const said = target(path, operation, name)
    const request = () => world.send(method, condition.target?.(said, operation) ?? said, sent)
    await condition.before?.(world, request)
    const answer = await request()
    expect(answer.status, answer.text).toBe(status)
    expect(named(answer.body)).toEqual(named(value))
    expect(faults(response.content['application/json'].schema, answer.body)).toEqual([])
    expect(wrongHeaders(response.headers, answer)).toEqual([])
  })
})

test('every answer of the world that is made up for an example has an example', () => {
  const names = new Set(examples.map(({ name }) => name))
  expect(Object.keys(conditions).filter((name) => !names.has(name))).toEqual([])
})

test.each(describedOperations)('what a request says fits its schema: $operation.operationId', ({ operation }) => {
  const { parameters = [], requestBody } = operation
  const parts = [...parameters, ...(requestBody ? [requestBody.content['application/json']] : [])]
  const said = parts.flatMap(({ schema, examples = {} }) =>
    Object.values(examples).map(({ value }) => ({ schema, value })),
  )
  expect(said.length).toBeGreaterThan(0)
  expect(said.filter(({ schema, value }) => !isEmpty(faults(schema, value)))).toEqual([])
})

/** The path of an example: what it says, or where it says nothing what the successful one does. */
function target(path: string, { parameters = [] }: DescribedOperation, name: string): string {
  const said = parameters.map((parameter) => ({
    ...parameter,
    value: String((parameter.examples?.[name] ?? parameter.examples?.['success'])?.value),
  }))
  const whole = said
    .filter((parameter) => parameter.in === 'path')
    .reduce((text, one) => text.replace(`{${one.name}}`, encodeURIComponent(one.value)), path)
  const query = said.filter((parameter) => parameter.in === 'query').map(({ name, value }) => [name, value] as const)
  return query.length > 0 ? `${whole}?${new URLSearchParams(Object.fromEntries(query))}` : whole
}

function saidBody({ requestBody }: DescribedOperation, name: string): unknown {
  const { examples } = requestBody?.content['application/json'] ?? {}
  return (examples?.[name] ?? examples?.['success'])?.value
}

/** A reference is another each time. */
function named(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body).replace(/\(reference [0-9a-f]{8}\)/, '(reference)'))
}

function wrongHeaders(headers: object = {}, answer: Answer): string[] {
  return Object.keys(headers).filter((name) => {
    const sent = answer.headers[name.toLowerCase()]
    const { schema } = described.components.headers[name] ?? {}
    if (sent === undefined || schema === undefined) return true
    const value = 'type' in schema && schema.type === 'integer' ? Number(sent) : sent
    return !isEmpty(faults(schema, value))
  })
}

function isEmpty(faulty: unknown): boolean {
  return Array.isArray(faulty) && faulty.length === 0
}
