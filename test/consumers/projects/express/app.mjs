/** An Express app with its users in memory, and one request to it. */
import express from 'express'
import { createUsersService } from 'rollbook'
import { apiKeys, expressUsers } from 'rollbook/express'
import { memoryStorage } from 'rollbook/memory'

const users = createUsersService({ storage: memoryStorage() })
await users.createUser({ email: 'ada@example.com', password: 'correct horse' })
const app = express()
app.use('/v1', expressUsers({ users, authorize: apiKeys(['my-secret-key']) }))
const server = app.listen(0, '127.0.0.1', async () => {
  const headers = { 'x-appwrite-key': 'my-secret-key' }
  const response = await fetch(`http://127.0.0.1:${server.address().port}/v1/users`, { headers })
  const { users: found } = await response.json()
  console.log(response.status, found[0].email)
  server.close()
})
