// One half of a race on a shared database: <file or server> <role: sign-in | end> <user ids, comma-separated> <schema>
// `sign-in` signs each user in with the old password until it is refused, and sends the secrets it was given.
// `end` waits until a user has sessions, and then blocks the user or changes the password, in turns.
import { setTimeout as pause } from 'node:timers/promises'
import { postgresStorage } from '../../dist/adapters/postgres/index.js'
import { sqliteStorage } from '../../dist/adapters/sqlite/index.js'
import { createUsersService } from '../../dist/src/index.js'
import { insecureHasher } from '../../dist/src/testing/index.js'

const [database, role, list, schema] = process.argv.slice(2)
const hasher = insecureHasher()
const users = createUsersService({
  storage: database.startsWith('postgres')
    ? postgresStorage({ connectionString: database }, { schema })
    : sqliteStorage(database, { synchronous: 'normal' }),
  passwords: {
    ...hasher,
    // As long as a real hash takes: the other process commits in the middle of sign-ins.
    async verify(hash, password) {
      await pause(2)
      return hasher.verify(hash, password)
    },
  },
})

async function signInUntilRefused(id) {
  const secrets = []
  let isRefused = false
  async function keepTrying() {
    while (!isRefused) {
      try {
        secrets.push((await users.signIn({ email: `${id}@example.com`, password: 'the old password' })).secret)
      } catch (error) {
        if (error.code !== 'invalid-credentials') throw error
        isRefused = true
      }
    }
  }
  await Promise.all([keepTrying(), keepTrying(), keepTrying()])
  process.send({ id, secrets })
}

async function endOnceSignedIn(id, index) {
  while ((await users.getUserSessions(id, { limit: 1 })).items.length === 0) await pause(1)
  if (index % 2) await users.updateUserPassword(id, { password: 'the new password' })
  else await users.updateUserStatus(id, { status: 'blocked' })
}

process.once('message', async () => {
  for (const [index, id] of list.split(',').entries()) {
    await (role === 'end' ? endOnceSignedIn(id, index) : signInUntilRefused(id))
  }
  await users.close()
  process.disconnect()
})
process.send('ready')
