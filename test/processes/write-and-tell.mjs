// Writes through the service, one thing after another, and tells of each once it is acknowledged: <database>
import { writeSync } from 'node:fs'
import { sqliteStorage } from '../../dist/adapters/sqlite/index.js'
import { createUsersService } from '../../dist/src/index.js'
import { insecureHasher } from '../../dist/src/testing/index.js'

const users = createUsersService({ storage: sqliteStorage(process.argv[2]), passwords: insecureHasher() })
const password = 'correct horse'
writeSync(1, 'acknowledged: opened\n')
const { id } = await users.createUser({ email: 'ada@example.com', password })
writeSync(1, 'acknowledged: created\n')
const calls = [
  () => users.updateUserPrefs(id, { prefs: { theme: 'dark' } }),
  () => users.updateUserStatus(id, { status: 'blocked' }),
  () => users.updateUserStatus(id, { status: 'active' }),
  () => users.signIn({ email: 'ada@example.com', password }),
  () => users.deleteUserSessions(id),
  () => users.recordUserActivity(id, { event: 'tea.made' }),
  () => users.deleteUser(id),
]
for (const [index, call] of calls.entries()) {
  await call()
  writeSync(1, `acknowledged: ${index}\n`)
}
await users.close()
