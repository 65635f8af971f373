// What rollbook/testing offers, under node:test. (httpContract runs there in the documentation.)
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { memoryStorage } from '../../dist/adapters/memory/index.js'
import { createTestUsers, storageContract } from '../../dist/src/testing/index.js'

suite('createTestUsers', () => {
  test('time', async () => {
    const { users, clock, aUser, aCaller } = createTestUsers()
    const login = aUser()
    await users.createUser(login)
    const { secret } = await users.signIn(login, { by: aCaller() })
    clock.advance(31 * 24 * 60 * 60 * 1000)
    await assert.rejects(users.verifyUserSession(secret), { code: 'invalid-session' })
  })

  test('failures', async () => {
    const { users, failNext } = createTestUsers()
    const down = new Error('down')
    failNext('listUsers', down)
    await assert.rejects(users.listUsers(), down)
    assert.deepEqual((await users.listUsers()).items, [])
  })

  test('people and events', async () => {
    const { events, seedUsers } = createTestUsers({ seed: 7 })
    assert.deepEqual(await seedUsers(50), await createTestUsers({ seed: 7 }).seedUsers(50))
    assert.equal(events.filter(({ event }) => event === 'user.created').length, 50)
  })
})

suite('storageContract', () => storageContract({ test, create: memoryStorage }))
