// Merges settings into one user's preferences, all at once: <database> <user id> <prefix of the keys> <how many>
import { sqliteStorage } from '../../dist/adapters/sqlite/index.js'
import { createUsersService } from '../../dist/src/index.js'

const [database, userId, prefix, count] = process.argv.slice(2)
const users = createUsersService({ storage: sqliteStorage(database) })

// All processes begin when the last one is ready.
process.once('message', async () => {
  const merges = Array.from({ length: Number(count) }, (_, n) =>
    users.updateUserPrefs(userId, { prefs: { [`${prefix}${n}`]: n } }),
  )
  await Promise.all(merges)
  await users.close()
  process.disconnect()
})
process.send('ready')
