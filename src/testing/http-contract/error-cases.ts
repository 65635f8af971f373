import assert from 'node:assert/strict'
import { StorageFailedError } from '../../errors/index.js'
import { assertRefusal, assertSuccess } from './answers.js'
import type { HttpCase } from './contract.js'
import { failingStorage, heldHasher, keptLogger } from './spies.js'
import { tenCalls } from './ten-calls.js'
import { withWorld } from './world.js'

const secrets = 'SELECT secret FROM users; SQLITE_CORRUPT at /etc/x $argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA'
const leak = /SELECT|SQLITE|\/etc\/x|argon2|node_modules|\n *at |file:\/\//

/** What a client learns of an error, and what it does not. */
export const errorCases: readonly HttpCase[] = [
  {
    name: 'an error that no client may see answers a 500 without a word of it, and is logged with its reference [B-11]',
    run: (start) => {
      const logger = keptLogger()
      const service = { storage: failingStorage(new Error(secrets)) }
      return withWorld(start, { logger, service }, async ({ send }) => {
        for (const { method, path, json } of tenCalls('user1', 'session1')) {
          logger.told.length = 0
          const answer = await send(method, path, { json })
          assert.equal(answer.status, 500, `${method} ${path}`)
          assert.doesNotMatch(answer.text + JSON.stringify(answer.headers), leak)
          const [told, ...more] = logger.told
          assert.deepEqual(more, [])
          const { err, reference } = Object(told?.details)
          assert.equal(err.message, secrets)
          assert.match(reference, /^[0-9a-f]{8}$/)
          assert.ok(told?.message.includes(reference))
        }
      })
    },
  },
  {
    name: 'a logger that throws or rejects changes no answer, and its words reach no client [B-151]',
    run: async (start) => {
      const failure = new Error(secrets)
      const throwing = () => {
        throw failure
      }
      const rejecting = async () => throwing()
      for (const fails of [throwing, rejecting]) {
        const logger = { warn: fails, error: fails }
        const service = { storage: failingStorage(new Error('the disk is on fire')) }
        await withWorld(start, { logger, service }, async ({ send }) => {
          const answer = await send('GET', '/users')
          assert.equal(answer.status, 500)
          assert.doesNotMatch(answer.text + JSON.stringify(answer.headers), leak)
        })
        // What authorize returns here is not a deliberate refusal, so it is logged.
        await withWorld(start, { logger, authorize: () => Object({ scopes: [] }) }, async ({ send }) => {
          assertRefusal(await send('GET', '/users'), 401, 'general_unauthorized_scope')
        })
      }
    },
  },
  {
    name: 'a storage that is not available answers 503 and when to try again, without a word of why [B-11]',
    run: (start) => {
      const logger = keptLogger()
      const storage = failingStorage(new StorageFailedError('corrupt', { cause: new Error(secrets) }))
      return withWorld(start, { logger, service: { storage } }, async ({ send }) => {
        for (const { method, path, json } of tenCalls('user1', 'session1')) {
          const answer = await send(method, path, { json })
          assertRefusal(answer, 503, 'general_service_unavailable', 'The storage is not available: try again later')
          assert.equal(answer.headers['retry-after'], '1')
        }
        assert.equal(logger.told.length, 10)
      })
    },
  },
  {
    name: 'more new users at once than the hasher takes answer 503 and when to try again [B-43]',
    run: async (start) => {
      const { passwords, begun, release } = heldHasher()
      const service = { passwords, hashing: { concurrency: 1, maxWaiting: 0 } }
      await withWorld(start, { service }, async ({ send }) => {
        const json = (name: string) => ({ email: `${name}@example.com`, password: 'correct horse' })
        const first = send('POST', '/users', { json: json('first') })
        await begun
        const second = await send('POST', '/users', { json: json('second') })
        release()
        assertRefusal(second, 503, 'general_service_busy')
        assert.equal(second.headers['retry-after'], '1')
        assertSuccess(await first, 201)
      })
    },
  },
  {
    name: 'a service that was closed answers 503',
    run: (start) =>
      withWorld(start, {}, async ({ send, users }) => {
        await users.close()
        for (const { method, path, json } of tenCalls('user1', 'session1')) {
          assertRefusal(await send(method, path, { json }), 503, 'general_service_unavailable')
        }
      }),
  },
  {
    name: 'a request names one wrong parameter, the first',
    run: (start) =>
      withWorld(start, {}, async ({ send }) => {
        const json = { email: 'x', password: 'x', name: 1 }
        const message = /^Invalid email: Value must be an email address/
        assertRefusal(await send('POST', '/users', { json }), 400, 'general_argument_invalid', message)
        const path = '/users/nobody/prefs'
        const deep = { prefs: { a: { b: [1, '\0'] } } }
        const where = 'Invalid prefs.a.b.1: Value must not contain U+0000'
        assertRefusal(await send('PATCH', path, { json: deep }), 400, 'general_argument_invalid', where)
      }),
  },
]
