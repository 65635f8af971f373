const { createUsersService, UsersError } = require('rollbook')
const { expressUsers } = require('rollbook/express')
const { fastifyUsers } = require('rollbook/fastify')
const { fetchUsers } = require('rollbook/fetch')
const { koaUsers } = require('rollbook/koa')
const { memoryStorage } = require('rollbook/memory')
const { postgresStorage } = require('rollbook/postgres')
const { sqliteStorage } = require('rollbook/sqlite')
const { createTestUsers } = require('rollbook/testing')

for (const one of [expressUsers, fastifyUsers, koaUsers, postgresStorage, sqliteStorage, createTestUsers, UsersError]) {
  if (typeof one !== 'function') throw new Error('an entry point is empty')
}

async function main() {
  const users = createUsersService({ storage: memoryStorage() })
  await users.createUser({ email: 'ada@example.com', password: 'correct horse' })
  const { secret } = await users.signIn({ email: 'ada@example.com', password: 'correct horse' })
  const answer = fetchUsers({ users, authorize: () => ({ caller: { actor: 'me' }, scopes: ['users.read'] }) })
  const { sum } = await (await answer(new Request('http://localhost/users'))).json()
  const { user } = await users.verifyUserSession(secret)
  const isOneClass = (await import('rollbook')).UsersError === UsersError
  console.log(sum, user.email, isOneClass)
}
main()
