// Writes through the service until it is killed: <database> <what the users' ids begin with>
// Each of many callers leads one user after another through the same life, and tells of a step once it is acknowledged.
import { writeSync } from 'node:fs'
import { sqliteStorage } from '../../dist/adapters/sqlite/index.js'
import { createUsersService } from '../../dist/src/index.js'
import { insecureHasher } from '../../dist/src/testing/index.js'

const [database, prefix] = process.argv.slice(2)
const users = createUsersService({ storage: sqliteStorage(database), passwords: insecureHasher() })
const password = 'correct horse'

const life = [
  (id) => users.createUser({ id, email: `${id}@example.com`, password }),
  (id) => users.updateUserPrefs(id, { prefs: { first: 1 } }),
  (id) => users.signIn({ email: `${id}@example.com`, password }),
  (id) => users.updateUserPrefs(id, { prefs: { second: 2 } }),
  (id) => users.updateUserStatus(id, { status: 'blocked' }),
  (id) => users.updateUserStatus(id, { status: 'active' }),
  (id) => users.signIn({ email: `${id}@example.com`, password }),
  (id) => users.recordUserActivity(id, { event: 'life.over' }),
]

async function caller(number) {
  for (let count = 0; ; count++) {
    const id = `${prefix}.${number}.${count}`
    for (const step of life) {
      await step(id)
      // At once, whatever happens to this process afterwards.
      writeSync(1, `${id}\n`)
    }
  }
}

for (let number = 0; number < 24; number++) caller(number)
