import { createTestUsers } from 'rollbook/testing'

test('a block ends the session', async () => {
  const { users, clock } = createTestUsers()
  const login = { email: 'ada@example.com', password: 'correct horse' }
  const { id } = await users.createUser(login)
  const { secret } = await users.signIn(login)
  clock.advance(60_000)
  expect((await users.verifyUserSession(secret)).user.id).toBe(id)
  await users.updateUserStatus(id, { status: 'blocked' })
  await expect(users.verifyUserSession(secret)).rejects.toMatchObject({ code: 'invalid-session' })
})
