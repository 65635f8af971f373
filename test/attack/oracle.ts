import assert from 'node:assert/strict'
import type { Parser } from '../http/parser-refusals.js'
import type { RawAnswer } from './raw-http.js'
import type { Attack } from './requests.js'

/** What a request did and what it was answered. */
export interface Outcome {
  readonly attack: Attack
  readonly answer: RawAnswer | undefined
  /** Calls of storage and hasher. */
  readonly calls: readonly string[]
  readonly hasChanged: boolean
  /** New activity entries. */
  readonly entries: number
  readonly secrets: readonly string[]
  /** Whether a failure of the storage was injected. */
  readonly isFailing: boolean
  /** The parser of the host in front of the mount. */
  readonly parser: Parser | undefined
}

const types = new Set([
  ...['general_argument_invalid', 'user_not_found', 'user_session_not_found', 'user_already_exists'],
  ...['general_unauthorized_scope', 'general_method_not_allowed', 'general_media_type_unsupported'],
  ...['general_body_too_large', 'general_rate_limit_exceeded', 'general_service_unavailable', 'general_unknown'],
])
const keys = new Set([
  ...['$id', 'status', 'email', 'registration', 'emailVerification', 'name', 'roles', 'sum', 'users', 'result'],
  ...['OS', 'short_name', 'version', 'platform', 'client', 'type', 'engine', 'device', 'brand', 'model', 'ip', 'geo'],
  ...['isoCode', 'country', 'event', 'time', 'actor', 'details', 'keys', 'sessionId'],
])
const inside = /\$argon2|insecure\$|SELECT |SQLITE|node_modules|\n\s+at |\/etc\/|file:\/\/|\.[jt]s:\d/

/**
 * Checks what must be true of every answer to whatever request.
 *
 * @throws {assert.AssertionError}
 */
export function judge(outcome: Outcome): void {
  const { attack, answer, calls, secrets } = outcome
  judgeChanges(outcome)
  if (attack.caller === 'nobody') assert.deepEqual(calls, [], 'storage and hasher work for nobody')
  if (attack.caller === 'reader') assert.ok(!calls.some((call) => /commit|hash|verify/.test(call)), 'a reader writes')
  if (!answer) return
  const isOurs = answer.headers.get('cache-control')?.[0] === 'no-store'
  if (isOurs && !isOfNodeMount(answer)) judgeOurs(outcome, answer)
  else judgeHosts(outcome, answer)
  for (const secret of secrets) assert.ok(!answer.text.includes(secret), `the answer holds ${secret}`)
}

const notFound = '{"message":"Not Found","code":404}'

/** What the mount on node:http says, also to HEAD, where a framework would answer. */
function isOfNodeMount({ text, headers }: RawAnswer): boolean {
  return text === notFound || (text === '' && headers.get('content-length')?.[0] === `${notFound.length}`)
}

/** Node refuses what is behind the told length, or missing of it, by itself, and its answer may come before ours. */
const isOfWrongLength = ({ changes }: Attack) => changes.some(({ change }) => change === 'length' || change === 'cut')

function judgeChanges({ attack, answer, hasChanged, entries }: Outcome): void {
  if (hasChanged) assert.equal(entries, 1, 'a change has one entry')
  // Ending all sessions is recorded also when there were none.
  else if (entries > 0 && !isOfWrongLength(attack)) {
    assert.deepEqual([entries, answer?.text], [1, '{"result":"success"}'], 'no change has no entry')
  }
  if (answer && !isOfWrongLength(attack) && answer.status >= 400)
    assert.ok(!hasChanged && entries === 0, 'a refusal changes nothing')
}

/** An answer of Node, of the framework or of a parser: the request never reached the mount, or is not for it. */
function judgeHosts({ attack, calls, isFailing, parser }: Outcome, { status }: RawAnswer): void {
  if (isFailing && status === 500) return
  // koa-bodyparser fails over a body that is not compressed as it says.
  const says = attack.changes.some((one) => one.change === 'header' && one.header[0] === 'Content-Encoding')
  if (says && status === 500 && parser?.startsWith('koa')) return
  assert.ok(status >= 400 && status < 500, `the host answers ${status}`)
  // A parser of the host refuses this name wherever it stands, and a `Request` resolves dots in its path.
  const isOdd = JSON.stringify([attack.fields]).includes('__proto__') || /\/\.{1,2}(?:\/|$)/.test(attack.path)
  const isRight = attack.changes.length === 0 && !isOdd
  assert.ok(!isRight, 'a right request does not reach the router')
  if (!isOfWrongLength(attack)) assert.deepEqual(calls, [])
}

function judgeOurs({ attack, calls, isFailing }: Outcome, { status, headers, text }: RawAnswer): void {
  assert.ok(status < 500 || isFailing, `the answer is ${status} ${text}`)
  assert.deepEqual(headers.get('content-type'), ['application/json; charset=utf-8'])
  assert.deepEqual(headers.get('x-content-type-options'), ['nosniff'])
  assert.deepEqual(headers.get('cache-control'), ['no-store'])
  for (const name of ['etag', 'location', 'set-cookie', 'x-evil']) assert.equal(headers.get(name), undefined, name)
  assert.doesNotMatch(text, inside)
  if (attack.caller === 'nobody') assert.equal(status, 401)
  else assert.notEqual(status, 401)
  if (attack.caller === 'admin') assert.notEqual(status, 403)
  if (status === 401 || status === 403) assert.deepEqual(calls, [], 'storage and hasher work before the refusal')
  assert.equal(headers.has('www-authenticate'), status === 401)
  assert.equal(headers.has('allow'), status === 405)
  assert.equal(headers.has('retry-after'), status === 429 || status === 503)
  if (text !== '') judgeBody(attack, status, JSON.parse(text))
}

function judgeBody({ path }: Attack, status: number, body: unknown): void {
  if (status >= 400) {
    assert.ok(typeof body === 'object' && body !== null && 'type' in body && 'message' in body && 'code' in body)
    assert.deepEqual(Object.keys(body), ['message', 'code', 'type', 'version'])
    assert.equal(body.code, status)
    assert.ok(types.has(String(body.type)), String(body.type))
    assert.ok(String(body.message).length < 500, 'a refusal repeats what was sent')
    return
  }
  assert.ok(status === 200 || status === 201)
  // The settings of a user may have any name.
  if (!path.endsWith('/prefs')) judgeKeys(body)
}

function judgeKeys(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    assert.ok(Array.isArray(value) || keys.has(key), `the answer has a field ${key}`)
    judgeKeys(inner)
  }
}
