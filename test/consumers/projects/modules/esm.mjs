import { createUsersService, UsersError } from 'rollbook'
import { expressUsers } from 'rollbook/express'
import { fastifyUsers } from 'rollbook/fastify'
import { fetchUsers } from 'rollbook/fetch'
import { koaUsers } from 'rollbook/koa'
import { memoryStorage } from 'rollbook/memory'
import { postgresStorage } from 'rollbook/postgres'
import { sqliteStorage } from 'rollbook/sqlite'
import { createTestUsers } from 'rollbook/testing'

for (const one of [expressUsers, fastifyUsers, koaUsers, postgresStorage, sqliteStorage, createTestUsers, UsersError]) {
  if (typeof one !== 'function') throw new Error('an entry point is empty')
}
const users = createUsersService({ storage: memoryStorage() })
await users.createUser({ email: 'ada@example.com', password: 'correct horse' })
const { secret } = await users.signIn({ email: 'ada@example.com', password: 'correct horse' })
const answer = fetchUsers({ users, authorize: () => ({ caller: { actor: 'me' }, scopes: ['users.read'] }) })
const { sum } = await (await answer(new Request('http://localhost/users'))).json()
const { user } = await users.verifyUserSession(secret)
console.log(sum, user.email)
