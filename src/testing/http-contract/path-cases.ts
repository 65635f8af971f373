import assert from 'node:assert/strict'
import { assertRefusal, assertSuccess, objectIn } from './answers.js'
import { noted } from './authorize-call-cases.js'
import type { HttpCase } from './contract.js'
import type { Answer } from './send.js'
import { callsOnUser } from './ten-calls.js'
import { type World, withWorld } from './world.js'

// Some hosts rewrite or refuse these before the mount sees them.
const brokenIds = ['.', '..', '%', '%E0%A4%A', '%ED%A0%80']
// Strings that are a trap for objects, paths, databases or limits.
const oddIds = [
  ...['__proto__', 'constructor', 'toString', 'a%2F..%2Fb', '*', ':session', '-'],
  ...['%00', '%F0%9F%98%80', "'", '%22', 'a%20b'],
  ...['a'.repeat(37), 'a'.repeat(7000), '%25', 'role:admin', '{userId}'],
]

/** What is a path of ours, and what is the host's. */
export const pathCases: readonly HttpCase[] = [
  {
    name: 'a user or session id that cannot be one is not found or refused, on every route [B-26]',
    run: (start) => withWorld(start, {}, (world) => assertNoIds(world, oddIds)),
  },
  {
    name: 'an id of dots, or in a broken percent-encoding, is not found or refused, on every route [B-10, B-26]',
    run: (start) => withWorld(start, {}, (world) => assertNoIds(world, brokenIds)),
  },
  {
    name: 'an unknown user is not found, on every route that is about one',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser, users }) => {
        const deleted = await newUser()
        await users.deleteUser(deleted.id)
        for (const id of ['nobody', deleted.id]) {
          for (const { method, path, json } of callsOnUser(id, 'none')) {
            assertRefusal(await send(method, path, { json }), 404, 'user_not_found', 'User not found')
          }
        }
        assert.equal((await users.listUsers({ total: true })).total, 0)
      }),
  },
  {
    name: 'a path that is not ours goes to the host, which answers 404, without authorize being asked [B-06, B-20]',
    run: (start) => {
      const { asked, authorize } = noted()
      return withWorld(start, { authorize }, async ({ send, newUser }) => {
        const { id } = await newUser()
        const paths = ['/', '/user', '/usersx', '/users/', '/USERS', '/Users', `/users/${id}/`, `/users/${id}/PREFS`]
        const deeper = [`/users/${id}/prefs/`, `/users/${id}/prefs/x`, `/users/${id}/nothing`, '/users//prefs']
        const shifted = [`/users/${id}/sessions/a/b`, `/users/${id}//prefs`, '/x/users', '/users%2F', '/users;a=b']
        for (const path of [...paths, ...deeper, ...shifted]) {
          for (const method of ['GET', 'DELETE', 'POST']) {
            assert.equal((await send(method, path)).status, 404, `${method} ${path}`)
          }
        }
        assert.deepEqual(asked, [])
      })
    },
  },
  {
    name: 'slashes that are doubled by a client and letters that are percent-encoded mean the same, authorised, route [B-06]',
    run: (start) => {
      const { asked, authorize } = noted()
      return withWorld(start, { authorize }, async ({ send, newUser }) => {
        const { id } = await newUser({ id: 'user1' })
        assert.equal(objectIn(assertSuccess(await send('GET', '//users')))['sum'], 1)
        assert.equal(objectIn(assertSuccess(await send('GET', `//users/${id}`)))['$id'], id)
        assert.equal(objectIn(assertSuccess(await send('GET', '/users/%75ser1')))['$id'], id)
        assert.deepEqual(
          asked.map(({ operation, userId }) => [operation, userId]),
          [
            ['listUsers', undefined],
            ['getUser', id],
            ['getUser', id],
          ],
        )
      })
    },
  },
  {
    name: 'a target in absolute form means the path in it, authorised, whatever host and scheme it names [B-148]',
    run: (start) => {
      const { asked, authorize } = noted()
      return withWorld(start, { authorize }, async ({ send, newUser }) => {
        const { id } = await newUser({ id: 'user1' })
        for (const origin of ['http://users.example', 'https://other.example:8443']) {
          asked.length = 0
          assert.equal(objectIn(assertSuccess(await send('GET', '/users?limit=1', { origin })))['sum'], 1)
          assert.equal(objectIn(assertSuccess(await send('GET', `/users/${id}`, { origin })))['$id'], id)
          assert.equal((await send('GET', '/users/', { origin })).status, 404)
          assert.deepEqual(
            asked.map(({ operation, userId }) => [operation, userId]),
            [
              ['listUsers', undefined],
              ['getUser', id],
            ],
          )
        }
      })
    },
  },
  {
    name: 'slashes before /users count as one, however many they are [B-148]',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser }) => {
        const { id } = await newUser()
        for (const slashes of ['//', '///', '//////']) {
          assertSuccess(await send('GET', `${slashes}users`))
          assert.equal(objectIn(assertSuccess(await send('GET', `${slashes}users/${id}`)))['$id'], id)
          assert.equal((await send('GET', `${slashes}nothing`)).status, 404)
        }
      }),
  },
  {
    name: 'a target with a fragment, or with a name and password in it, is no path of ours [B-148]',
    run: (start) => {
      const { asked, authorize } = noted()
      return withWorld(start, { authorize }, async ({ send, newUser }) => {
        await newUser({ id: 'user1' })
        const paths = ['/users#x', '/users#', '/users/user1#x', '/users?limit=1#x', '/x#/users', '/users#/../x']
        for (const path of paths) assertHosts(await send('GET', path), path)
        for (const origin of ['http://me@users.example', 'http://me:pass@users.example', 'ftp://users.example']) {
          assertHosts(await send('GET', '/users', { origin }), origin)
        }
        assert.deepEqual(asked, [])
      })
    },
  },
  {
    name: 'the host that a request names is not looked at [B-148]',
    run: (start) =>
      withWorld(start, {}, async ({ send }) => {
        for (const host of ['.1', '1.2.3.4.5', 'example.com.', 'xn--']) {
          assertSuccess(await send('GET', '/users', { headers: { Host: host } }))
        }
      }),
  },
]

/** The reply of a host: that there is no such path, or that it does not accept such a target at all. */
function assertHosts({ status }: Answer, sent: string): void {
  assert.ok(status === 400 || status === 404, `${sent}: ${status}`)
}

async function assertNoIds({ send, newUser }: World, ids: readonly string[]): Promise<void> {
  const { id } = await newUser()
  for (const odd of ids) {
    for (const { method, path, json } of callsOnUser(odd, odd)) {
      const answer = await send(method, path, { json })
      if (answer.status === 400) assertRefusal(answer, 400, 'general_argument_invalid')
      else assertRefusal(answer, 404, 'user_not_found', 'User not found')
    }
    const answer = await send('DELETE', `/users/${id}/sessions/${odd}`)
    if (answer.status === 400) assertRefusal(answer, 400, 'general_argument_invalid')
    else assertRefusal(answer, 404, 'user_session_not_found', 'User session not found')
  }
}
