import assert from 'node:assert/strict'
import type { Authorize } from '../../http/authorization.js'
import { assertRefusal, assertSuccess, success } from './answers.js'
import type { HttpCase } from './contract.js'
import type { Answer } from './send.js'
import { keptLogger } from './spies.js'
import { tenCalls } from './ten-calls.js'
import { tinyLimiter } from './tiny-limiter.js'
import { withWorld } from './world.js'

/** Lets in a request under the name in `X-Test-As`. Without `X-Test-Write` it may only read. */
const byHeader: Authorize = ({ headers }) => {
  const actor = headers['x-test-as']
  if (typeof actor !== 'string') return undefined
  return { caller: { actor }, scopes: headers['x-test-write'] ? ['users.read', 'users.write'] : ['users.read'] }
}
const as = (actor: string) => ({ 'X-Test-As': actor, 'X-Test-Write': '1' })

const assertLimited = (answer: Answer) => {
  assertRefusal(answer, 429, 'general_rate_limit_exceeded', 'Too many requests')
  assert.equal(answer.headers['x-ratelimit-remaining'], '0')
  assert.match(String(answer.headers['retry-after']), /^[1-9]\d{0,3}$/)
}

/** The limits of the two session deletes. */
export const rateLimitCases: readonly HttpCase[] = [
  {
    name: 'a caller may delete sessions 100 times in 60 minutes; the 101st answers 429 and deletes nothing [B-78, B-79]',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser, users }) => {
        const { id } = await newUser()
        const { secret } = await users.createUserSession(id)
        const now = Math.floor(Date.now() / 1000)
        for (let left = 99; left >= 0; left--) {
          const answer = await send('DELETE', `/users/nobody${left}/sessions`)
          assertRefusal(answer, 404, 'user_not_found')
          assertState(answer, left, now)
        }
        const answer = await send('DELETE', `/users/${id}/sessions`)
        assertLimited(answer)
        assertState(answer, 0, now)
        const wait = Number(answer.headers['retry-after'])
        assert.ok(wait <= 3600 && wait >= Number(/;t=(\d+)$/.exec(String(answer.headers['ratelimit']))?.[1]))
        await users.verifyUserSession(secret)
        assertSuccess(await send('GET', `/users/${id}`))
      }),
  },
  {
    name: 'every answer of the two session deletes tells the state of the limit, and no other answer does [B-79]',
    run: (start) => {
      const rateLimiter = tinyLimiter(10)
      return withWorld(start, { rateLimiter }, async ({ send, newUser, users }) => {
        const { id } = await newUser()
        const { session } = await users.createUserSession(id)
        for (const { operation, method, path, json } of tenCalls(id, session.id)) {
          const { headers } = await send(method, path, { json })
          const expected = {
            'x-ratelimit-limit': '10',
            'x-ratelimit-remaining': '9',
            'ratelimit-policy': `"${operation}";q=10;w=3600`,
            ratelimit: `"${operation}";r=9;t=1800`,
          }
          for (const [name, value] of Object.entries(expected)) {
            assert.equal(headers[name], method === 'DELETE' ? value : undefined, name)
          }
          assert.equal(headers['retry-after'], undefined)
        }
        for (const path of ['/users/nobody/sessions', `/users/${id}/sessions/none`, '/users/%00/sessions']) {
          assert.equal((await send('DELETE', path)).headers['x-ratelimit-limit'], '10', path)
        }
      })
    },
  },
  {
    name: 'routes and callers are counted apart, users and sessions together [B-85]',
    run: (start) => {
      const rateLimiter = tinyLimiter(2)
      return withWorld(start, { rateLimiter, authorize: byHeader }, async ({ send, newUser }) => {
        const { id } = await newUser()
        const all = (user: string, actor: string) => send('DELETE', `/users/${user}/sessions`, { headers: as(actor) })
        const one = (session: string) => send('DELETE', `/users/${id}/sessions/${session}`, { headers: as('ada') })
        assert.deepEqual(assertSuccess(await all(id, 'ada')), success)
        assertRefusal(await all('nobody', 'ada'), 404, 'user_not_found')
        assertLimited(await all(id, 'ada'))
        for (const session of ['a', 'b']) assertRefusal(await one(session), 404, 'user_session_not_found')
        assertLimited(await one('c'))
        assert.deepEqual(assertSuccess(await all(id, 'bob')), success)
        assert.equal(rateLimiter.counts.size, 3)
      })
    },
  },
  {
    name: 'a limit cannot be got around by the spelling of the path, the query, headers or the body [B-83, B-85]',
    run: (start) => {
      const rateLimiter = tinyLimiter(1)
      return withWorld(start, { rateLimiter }, async ({ send, newUser }) => {
        await newUser({ id: 'user1' })
        assertSuccess(await send('DELETE', '/users/user1/sessions'))
        for (const path of ['?x=1', '?', '?limit=2'].map((query) => `/users/user1/sessions${query}`)) {
          assertLimited(await send('DELETE', path))
        }
        for (const path of ['//users/user1/sessions', '/users/%75ser1/sessions'])
          assertLimited(await send('DELETE', path))
        const forged = ['X-Forwarded-For', 'Forwarded', 'X-Real-IP', 'CF-Connecting-IP', 'True-Client-IP', 'User-Agent']
        for (const name of [...forged, 'Host', 'X-Forwarded-Host', 'X-Appwrite-Project']) {
          assertLimited(await send('DELETE', '/users/user1/sessions', { headers: { [name]: '1.2.3.4' } }))
        }
        assertLimited(await send('DELETE', '/users/user1/sessions', { json: { sessionId: 'x', limit: 1000 } }))
        assert.equal(rateLimiter.counts.size, 1)
      })
    },
  },
  {
    name: 'a request that is refused entrance does not count; one that finds nobody or is wrong does [B-89]',
    run: (start) => {
      const rateLimiter = tinyLimiter(3)
      return withWorld(start, { rateLimiter, authorize: byHeader }, async ({ send }) => {
        const path = '/users/nobody/sessions'
        for (let round = 0; round < 5; round++) {
          assertRefusal(await send('DELETE', path), 401, 'general_unauthorized_scope')
          const reader = await send('DELETE', path, { headers: { 'X-Test-As': 'ada' } })
          assertRefusal(reader, 403, 'general_unauthorized_scope')
          assertSuccess(await send('GET', '/users', { headers: as('ada') }))
        }
        assert.deepEqual([...rateLimiter.counts], [])
        const write = async (to: string) => (await send('DELETE', to, { headers: as('ada') })).status
        const wrong = '/users/%00/sessions'
        assert.deepEqual(
          [await write(path), await write(wrong), await write(path), await write(path)],
          [404, 404, 404, 429],
        )
      })
    },
  },
  {
    name: 'when the limiter itself fails sessions can be deleted all the same, and the failure is told [B-87]',
    run: async (start) => {
      const failure = new Error('the store of the limiter is gone')
      const throwing = () => {
        throw failure
      }
      for (const consume of [throwing, () => Promise.reject(failure)]) {
        const logger = keptLogger()
        const rateLimiter = { points: 1, duration: 60, consume }
        await withWorld(start, { logger, rateLimiter }, async ({ send, newUser, users }) => {
          const { id } = await newUser()
          const { secret } = await users.createUserSession(id)
          const answers = [await send('DELETE', `/users/${id}/sessions`), await send('DELETE', `/users/${id}/sessions`)]
          for (const answer of answers) {
            assert.deepEqual(assertSuccess(answer), success)
            assert.equal(answer.headers['x-ratelimit-limit'], undefined)
          }
          await assert.rejects(users.verifyUserSession(secret))
          assert.deepEqual(
            logger.told.map(({ details }) => Object(details).err),
            [failure, failure],
          )
        })
      }
    },
  },
]

function assertState({ headers }: Answer, left: number, now: number): void {
  assert.equal(headers['x-ratelimit-limit'], '100')
  assert.equal(headers['x-ratelimit-remaining'], String(left))
  const reset = Number(headers['x-ratelimit-reset'])
  assert.ok(reset > now && reset <= Date.now() / 1000 + 3601, String(reset))
  assert.equal(headers['ratelimit-policy'], '"deleteUserSessions";q=100;w=3600')
  const [, r, t] = /^"deleteUserSessions";r=(\d+);t=(\d+)$/.exec(String(headers['ratelimit'])) ?? []
  assert.equal(Number(r), left)
  assert.ok(Number(t) > 0 && Number(t) <= 3600)
}
