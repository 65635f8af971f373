import assert from 'node:assert/strict'
import type { Answer } from './send.js'

/** Checks a success, the headers that every answer has, and that no secret is in it. Returns the body. */
export function assertSuccess(answer: Answer, status = 200): unknown {
  assert.equal(answer.status, status, answer.text)
  assertHeaders(answer)
  assertNoSecrets(answer.body)
  return answer.body
}

/** Checks a refusal: its status, its type, its message where given, and that it has the shape of every error. */
export function assertRefusal(answer: Answer, status: number, type: string, message?: string | RegExp): void {
  assert.equal(answer.status, status, answer.text)
  assertHeaders(answer)
  const body = objectIn(answer.body)
  assert.deepEqual(Object.keys(body), ['message', 'code', 'type', 'version'])
  assert.equal(body['code'], status)
  assert.equal(body['type'], type)
  assert.match(String(body['version']), /^\d+\.\d+\.\d+/)
  if (message instanceof RegExp) assert.match(String(body['message']), message)
  else if (message !== undefined) assert.equal(body['message'], message)
}

/** Checks a 400 about one parameter. */
export function assertInvalid(answer: Answer, parameter: string): void {
  assertRefusal(answer, 400, 'general_argument_invalid', new RegExp(`^Invalid ${parameter}: Value .`))
}

/** Checks a 400 about a parameter that was not sent. */
export function assertMissing(answer: Answer, parameter: string): void {
  assertRefusal(answer, 400, 'general_argument_invalid', `Param "${parameter}" is not optional.`)
}

/** Checks that a value is an object, and lets its fields be read. */
export function objectIn(value: unknown): Readonly<Record<string, unknown>> {
  assert.ok(typeof value === 'object' && value !== null && !Array.isArray(value), `no object: ${JSON.stringify(value)}`)
  return value as Readonly<Record<string, unknown>>
}

/** Checks that a value is a list of objects. */
export function listIn(value: unknown): Readonly<Record<string, unknown>>[] {
  assert.ok(Array.isArray(value), `no list: ${JSON.stringify(value)}`)
  return value.map(objectIn)
}

/** The body of the reply to a delete. */
export const success = { result: 'success' }

/** Checks the headers that every answer has. */
export function assertHeaders({ headers }: Answer): void {
  assert.equal(headers['content-type'], 'application/json; charset=utf-8')
  assert.equal(headers['cache-control'], 'no-store')
  assert.equal(headers['x-content-type-options'], 'nosniff')
  assert.equal(headers['x-rollbook-dialect'], 'classic')
  assert.equal(headers.etag, undefined)
}

function assertNoSecrets(value: unknown, path = 'body'): void {
  if (typeof value === 'string') assert.doesNotMatch(value, /^(?:\$argon2|\$2|insecure\$)/, path)
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    assert.doesNotMatch(key, /pass|hash|secret|token|salt/i, path)
    assertNoSecrets(inner, `${path}.${key}`)
  }
}
