/** A process that opens a database file when it is told to, and registers one user: `open-and-write.mjs <file> <id>`. */
import { sqliteStorage } from '../../dist/adapters/sqlite/index.js'
import { createUsersService } from '../../dist/src/index.js'

const [file, id] = process.argv.slice(2)

process.once('message', async () => {
  const users = createUsersService({ storage: sqliteStorage(file) })
  await users.createUser({ id, email: `${id}@example.com` })
  await users.close()
  process.disconnect()
})
process.send('ready')
