import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestUsers } from '../../src/testing/index.js'
import { type Ground, kinds, openedOn } from '../model/storages.js'

const search = 'ada'

describe.each(kinds)('on $storage', ({ ground: makeGround }) => {
  let ground: Ground
  beforeAll(async () => {
    ground = await makeGround()
  })
  afterAll(() => ground.close())

  async function setUp() {
    const storage = await openedOn(ground)
    const { users } = createTestUsers({ storage })
    await users.createUser({ email: 'ben@example.com', id: 'ben' })
    return users
  }

  test('the total of a whole list is what it has, whatever is written meanwhile', async () => {
    const users = await setUp()
    for (let n = 0; n < 25; n++) {
      const page = users.getUserSessions('ben', { total: true, limit: 100 })
      const log = users.getUserLogs('ben', { total: true, limit: 100 })
      await users.createUserSession('ben')
      for (const { items, total } of await Promise.all([page, log])) expect(total).toBe(items.length)
    }
  })

  test('a search has no total beyond its users, and no user who matches no more, whatever is written meanwhile', async () => {
    const users = await setUp()
    for (let n = 0; n < 10; n++) {
      const { id } = await users.createUser({ email: `${n}@example.com`, name: 'Ada' })
      const pages = [users.listUsers({ search, total: true }), users.listUsers({ search: 'ad', total: true })]
      await (n % 2 ? users.deleteUser(id) : users.updateUserName(id, { name: 'Eve' }))
      for (const { items, total } of await Promise.all(pages)) {
        expect(total).toBe(items.length)
        expect(items.every(({ name }) => name === 'Ada')).toBe(true)
      }
    }
  })
})
