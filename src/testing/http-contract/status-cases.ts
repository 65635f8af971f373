import assert from 'node:assert/strict'
import { assertInvalid, assertMissing, assertRefusal, assertSuccess, objectIn } from './answers.js'
import type { HttpCase } from './contract.js'
import { withWorld } from './world.js'

/** Setting a status. */
export const statusCases: readonly HttpCase[] = [
  {
    name: 'PATCH status takes 0, 1 and 2, as numbers or as text, and returns the whole user',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser, users }) => {
        const { id, email } = await newUser({ name: 'Ada' })
        for (const status of [0, 1, 2, '0', '1', '2']) {
          const user = objectIn(assertSuccess(await send('PATCH', `/users/${id}/status`, { json: { status } })))
          const expected = {
            $id: id,
            status: Number(status),
            email,
            registration: 1767225600,
            emailVerification: false,
          }
          assert.deepEqual(user, { ...expected, name: 'Ada', roles: [] })
          assert.equal((await users.getUser(id)).status, ['disabled', 'active', 'blocked'][Number(status)])
        }
      }),
  },
  {
    name: 'any other status is refused and changes nothing [B-25]',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser, users }) => {
        const { id } = await newUser()
        const texts = ['', '3', '-1', '01', '1.0', ' 1', '1 ', '+1', '0x1', 'active', 'true', 'toString', '__proto__']
        for (const status of [...texts, true, false, 3, -1, 1.5, 1e3, [], [1], ['1'], {}, { status: 1 }]) {
          assertInvalid(await send('PATCH', `/users/${id}/status`, { json: { status } }), 'status')
        }
        for (const json of [{}, { status: null }, { Status: 2 }]) {
          assertMissing(await send('PATCH', `/users/${id}/status`, { json }), 'status')
        }
        assert.equal((await users.getUser(id)).status, 'active')
      }),
  },
  {
    name: 'a status that the user already has is answered like any other and leaves no entry [B-25]',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser, events }) => {
        const { id } = await newUser()
        const answers = []
        for (let round = 0; round < 2; round++) {
          answers.push(assertSuccess(await send('PATCH', `/users/${id}/status`, { json: { status: 2 } })))
        }
        assert.deepEqual(answers[0], answers[1])
        assert.deepEqual(
          events.map(({ event }) => event),
          ['user.created', 'user.status-updated'],
        )
      }),
  },
  {
    name: 'the status of an unknown user creates nobody, and a wrong status is told before that [B-25]',
    run: (start) =>
      withWorld(start, {}, async ({ send, users }) => {
        const path = '/users/nobody/status'
        assertRefusal(await send('PATCH', path, { json: { status: 1 } }), 404, 'user_not_found')
        assertInvalid(await send('PATCH', path, { json: { status: 9 } }), 'status')
        assert.equal((await users.listUsers({ total: true })).total, 0)
      }),
  },
]
