// Reads and changes the same users as other processes do: <database> <name> <milliseconds> <ids of the shared users>
// Told to go, it does so for that long, and sends what was acknowledged and what was refused.
import { sqliteStorage } from '../../dist/adapters/sqlite/index.js'
import { createUsersService } from '../../dist/src/index.js'
import { insecureHasher } from '../../dist/src/testing/index.js'

const [database, name, milliseconds, list] = process.argv.slice(2)
const shared = list.split(',')
const users = createUsersService({ storage: sqliteStorage(database), passwords: insecureHasher() })
const done = { merges: 0, renames: 0, users: 0, sessions: 0, ended: 0, entries: 0 }
const refused = {}
let deadline = 0

async function attempt(what, call) {
  try {
    const result = await call()
    done[what]++
    return result
  } catch (error) {
    const why = `${error.code} ${error.cause?.code ?? ''} ${error.message}`
    refused[why] = (refused[why] ?? 0) + 1
  }
}

async function caller(number) {
  const email = `${name}.${number}@example.com`
  const mine = await attempt('users', () => users.createUser({ email, password: 'correct horse' }))
  // Each of the shared users once at least, however slow the machine is.
  for (let count = 0; count < shared.length || performance.now() < deadline; count++) {
    const id = shared[count % shared.length]
    // A setting of its own, which others must not take back with what they read before.
    await attempt('merges', () => users.updateUserPrefs(id, { prefs: { [`${name}.${number}`]: count } }))
    await attempt('renames', () => users.updateUserName(id, { name: `${name} ${number} ${count}` }))
    const started = await attempt('sessions', () => users.signIn({ email, password: 'correct horse' }))
    if (started) await attempt('ended', () => users.deleteUserSession(mine.id, started.session.id))
    await attempt('entries', () => users.recordUserActivity(id, { event: 'tea.made' }))
  }
}

process.once('message', async () => {
  deadline = performance.now() + Number(milliseconds)
  await Promise.all([1, 2, 3, 4].map(caller))
  await users.close()
  process.send({ done, refused })
  process.disconnect()
})
process.send('ready')
