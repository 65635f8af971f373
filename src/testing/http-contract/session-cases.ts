import assert from 'node:assert/strict'
import type { UsersService } from '../../service/users-service.js'
import { assertRefusal, assertSuccess, success } from './answers.js'
import type { HttpCase } from './contract.js'
import { withWorld } from './world.js'

const events = async (users: UsersService, userId: string) =>
  (await users.getUserLogs(userId)).items.map(({ event }) => event)

/** Ending sessions. */
export const sessionCases: readonly HttpCase[] = [
  {
    name: 'deleting a session ends that one alone, and a second time it is not found [B-53]',
    run: (start) =>
      withWorld(start, {}, async ({ send, users, newUser }) => {
        const { id } = await newUser()
        const ended = await users.createUserSession(id)
        const kept = await users.createUserSession(id)
        const path = `/users/${id}/sessions/${ended.session.id}`
        assert.deepEqual(assertSuccess(await send('DELETE', path)), success)
        await assert.rejects(users.verifyUserSession(ended.secret))
        assert.equal((await users.verifyUserSession(kept.secret)).user.id, id)
        assertRefusal(await send('DELETE', path), 404, 'user_session_not_found', 'User session not found')
        assert.deepEqual((await events(users, id)).slice(0, 2), ['session.deleted', 'session.created'])
      }),
  },
  {
    name: 'deleting all sessions ends each of them, and succeeds when there are none [B-53]',
    run: (start) =>
      withWorld(start, {}, async ({ send, users, newUser }) => {
        const { id } = await newUser()
        const sessions = [await users.createUserSession(id), await users.createUserSession(id)]
        const other = await users.createUserSession((await newUser()).id)
        for (let round = 0; round < 2; round++) {
          assert.deepEqual(assertSuccess(await send('DELETE', `/users/${id}/sessions`)), success)
        }
        for (const { secret } of sessions) await assert.rejects(users.verifyUserSession(secret))
        await users.verifyUserSession(other.secret)
      }),
  },
  {
    name: 'a session of another user is not found, goes on, and leaves no entry [B-18]',
    run: (start) =>
      withWorld(start, {}, async ({ send, users, newUser }) => {
        const [ada, bob] = [await newUser(), await newUser()]
        const sessions = [await users.createUserSession(ada.id), await users.createUserSession(bob.id)]
        const before = [await events(users, ada.id), await events(users, bob.id)]
        const [ofAda, ofBob] = sessions.map(({ session }) => session.id)
        for (const path of [`${ada.id}/sessions/${ofBob}`, `${bob.id}/sessions/${ofAda}`]) {
          assertRefusal(await send('DELETE', `/users/${path}`), 404, 'user_session_not_found')
        }
        for (const { secret } of sessions) await users.verifyUserSession(secret)
        assert.deepEqual([await events(users, ada.id), await events(users, bob.id)], before)
        await users.deleteUser(ada.id)
        assertRefusal(await send('DELETE', `/users/${ada.id}/sessions/${ofBob}`), 404, 'user_not_found')
        await users.verifyUserSession(sessions[1]?.secret ?? '')
      }),
  },
  {
    name: 'of many deletes of one session at once, exactly one finds it [B-53]',
    run: (start) =>
      withWorld(start, {}, async ({ send, users, newUser }) => {
        const { id } = await newUser()
        const { session } = await users.createUserSession(id)
        const path = `/users/${id}/sessions/${session.id}`
        const answers = await Promise.all(Array.from({ length: 20 }, () => send('DELETE', path)))
        assert.equal(answers.filter(({ status }) => status === 200).length, 1)
        assert.equal(answers.filter(({ status }) => status === 404).length, 19)
      }),
  },
  {
    name: 'a path that ends in :session deletes the session named in the body, as the first SDK sends it',
    run: (start) =>
      withWorld(start, {}, async ({ send, users, newUser }) => {
        const { id } = await newUser()
        const named = await users.createUserSession(id)
        const kept = await users.createUserSession(id)
        const path = `/users/${id}/sessions/:session`
        const json = { sessionId: named.session.id }
        assert.deepEqual(assertSuccess(await send('DELETE', path, { json })), success)
        await assert.rejects(users.verifyUserSession(named.secret))
        await users.verifyUserSession(kept.secret)
        for (const sessionId of [undefined, '', 'nobody', 1, null, [], {}]) {
          const answer = await send('DELETE', path, { json: { sessionId } })
          assertRefusal(answer, 404, 'user_session_not_found')
        }
        await users.verifyUserSession(kept.secret)
      }),
  },
  {
    name: 'a path that ends in :session refuses a body whose session is no text',
    run: (start) =>
      withWorld(start, {}, async ({ send, newUser }) => {
        const { id } = await newUser()
        for (const sessionId of [{ toString: 1 }, { toString: null, valueOf: 1 }]) {
          const answer = await send('DELETE', `/users/${id}/sessions/:session`, { json: { sessionId } })
          assert.ok(answer.status === 400 || answer.status === 404, `${answer.status} ${answer.text}`)
        }
      }),
  },
  {
    name: 'a session in the path counts, whatever the body names',
    run: (start) =>
      withWorld(start, {}, async ({ send, users, newUser }) => {
        const { id } = await newUser()
        const [inPath, inBody] = [await users.createUserSession(id), await users.createUserSession(id)]
        const json = { sessionId: inBody.session.id }
        assertSuccess(await send('DELETE', `/users/${id}/sessions/${inPath.session.id}`, { json }))
        await assert.rejects(users.verifyUserSession(inPath.secret))
        await users.verifyUserSession(inBody.secret)
      }),
  },
  {
    name: 'status 2 and status 0 end all sessions: the very next check fails, and the activity shows it [B-50]',
    run: (start) =>
      withWorld(start, {}, async ({ send, users, newUser }) => {
        for (const status of [2, 0]) {
          const { id } = await newUser()
          const { secret } = await users.createUserSession(id)
          await users.verifyUserSession(secret)
          assertSuccess(await send('PATCH', `/users/${id}/status`, { json: { status } }))
          await assert.rejects(users.verifyUserSession(secret))
          assert.deepEqual(assertSuccess(await send('GET', `/users/${id}/sessions`)), [])
          await assert.rejects(users.createUserSession(id))
          assert.equal((await events(users, id))[0], 'user.status-updated')
          assert.equal((await users.getUserLogs(id)).items[0]?.actor, 'admin')
          assertSuccess(await send('PATCH', `/users/${id}/status`, { json: { status: 1 } }))
          await assert.rejects(users.verifyUserSession(secret), 'activating revives nothing')
        }
      }),
  },
]
