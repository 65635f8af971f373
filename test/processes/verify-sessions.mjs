// Says of each secret it is sent whether it opens a session: <file or server> <schema>
import { postgresStorage } from '../../dist/adapters/postgres/index.js'
import { sqliteStorage } from '../../dist/adapters/sqlite/index.js'
import { createUsersService } from '../../dist/src/index.js'

const [database, schema] = process.argv.slice(2)
const users = createUsersService({
  storage: database.startsWith('postgres')
    ? postgresStorage({ connectionString: database }, { schema })
    : sqliteStorage(database),
})
process.on('message', async (secret) => {
  process.send(
    await users.verifyUserSession(secret).then(
      () => 'valid',
      (error) => error.code,
    ),
  )
})
process.send('ready')
