// Opens a database of which nothing is there yet, at the same moment as others do: <url> <schema> <id of its user>
import { postgresStorage } from '../../dist/adapters/postgres/index.js'
import { createUsersService } from '../../dist/src/index.js'

const [url, schema, id] = process.argv.slice(2)
const users = createUsersService({ storage: postgresStorage({ connectionString: url }, { schema }) })
process.once('message', async () => {
  await users.createUser({ id, email: `${id}@example.com` })
  await users.close()
  process.disconnect()
})
process.send('ready')
