import assert from 'node:assert/strict'
import { assertRefusal, assertSuccess, objectIn } from './answers.js'
import { noted } from './authorize-call-cases.js'
import type { HttpCase } from './contract.js'
import { callsOnUser } from './ten-calls.js'
import { type World, withWorld } from './world.js'

// Some hosts understand or refuse these before anybody gets to see them.
const brokenIds = ['.', '..', '%', '%E0%A4%A', '%ED%A0%80']
// Texts that are a trap for objects, paths, databases or limits.
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
]

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
