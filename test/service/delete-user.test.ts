import { describe, expect, test } from 'vitest'
import { memoryStorage } from '../../adapters/memory/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import type { UsersStorage } from '../../src/index.js'
import { createTestUsers } from '../../src/testing/index.js'

const ada = { email: 'ada@example.com', password: 'correct horse' }

describe.each<{ storage: string; make: () => UsersStorage }>([
  { storage: 'memory', make: memoryStorage },
  { storage: 'SQLite', make: () => sqliteStorage(':memory:') },
])('deleteUser on $storage', ({ make }) => {
  test('takes the user, the sessions and the activity, and leaves others alone [B-52]', async () => {
    const { users } = createTestUsers({ storage: make() })
    await users.createUser({ ...ada, id: 'ada' })
    await users.createUser({ email: 'b@example.com', id: 'b' })
    const mine = await users.createUserSession('ada')
    const other = await users.createUserSession('b')
    await expect(users.deleteUser('ada', { by: { actor: 'admin' } })).resolves.toBeUndefined()
    for (const call of [
      users.getUser('ada'),
      users.getUserPrefs('ada'),
      users.getUserSessions('ada'),
      users.getUserLogs('ada'),
      users.deleteUser('ada'),
      users.createUserSession('ada'),
      users.deleteUserSession('ada', mine.session.id),
      users.deleteUserSessions('ada'),
    ]) {
      await expect(call).rejects.toMatchObject({ code: 'user-not-found', userId: 'ada' })
    }
    await expect(users.verifyUserSession(mine.secret)).rejects.toMatchObject({ code: 'invalid-session' })
    await expect(users.signIn(ada)).rejects.toMatchObject({ code: 'invalid-credentials' })
    await expect(users.verifyUserSession(other.secret)).resolves.toMatchObject({ user: { id: 'b' } })
    expect(await users.listUsers({ total: true })).toMatchObject({ items: [{ id: 'b' }], total: 1 })
  })

  test('reserves the id and frees the email; who takes the email gets nothing of the old user [B-52]', async () => {
    const { users } = createTestUsers({ storage: make() })
    await users.createUser({ ...ada, id: 'ada' })
    const { secret } = await users.createUserSession('ada')
    await users.deleteUser('ada')
    await expect(users.createUser({ ...ada, id: 'ada' })).rejects.toMatchObject({ code: 'id-taken', userId: 'ada' })
    const next = await users.createUser({ email: ada.email, password: 'battery staple' })
    expect(next.id).not.toBe('ada')
    await expect(users.verifyUserSession(secret)).rejects.toMatchObject({ code: 'invalid-session' })
    await expect(users.signIn(ada)).rejects.toMatchObject({ code: 'invalid-credentials' })
    expect((await users.getUserLogs(next.id)).items.map(({ event }) => event)).toEqual([
      'sign-in.failed',
      'user.created',
    ])
  })

  test('leaves the id, the time and the actor in the same commit, and nothing personal', async () => {
    const storage = make()
    const commits: unknown[] = []
    const { users, clock } = createTestUsers({
      storage: {
        ...storage,
        commit(changes) {
          commits.push(changes)
          return storage.commit(changes)
        },
      },
    })
    await users.createUser({ ...ada, id: 'ada' })
    await users.deleteUser('ada', { by: { actor: 'admin', ip: '203.0.113.7', userAgent: 'curl' } })
    const tombstone = { id: 'ada', deletedAt: clock.now(), actor: 'admin' }
    expect(commits.slice(1)).toEqual([[{ op: 'deleteUser', userId: 'ada', expectedVersion: 1, tombstone }]])
  })

  test('succeeds once when 20 try at once', async () => {
    const { users, events } = createTestUsers({ storage: make() })
    await users.createUser({ ...ada, id: 'ada' })
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => users.deleteUser('ada')))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(events.map(({ event }) => event)).toEqual(['user.created', 'user.deleted'])
  })
})
