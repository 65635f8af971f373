// A host with eight writers on a server whose connections are being killed: <url> <schema> <pool | connectionString>
// Told `pause` it writes no more until `go`. Told `stop` it ends, and sends the ids of the users that were acknowledged.
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { postgresStorage } from '../../dist/adapters/postgres/index.js'
import { createUsersService } from '../../dist/src/index.js'
import { insecureHasher } from '../../dist/src/testing/index.js'

const [url, schema, kind] = process.argv.slice(2)
// As careless as a host can be: nobody listens to the errors of this pool.
const pool = kind === 'pool' ? new pg.Pool({ connectionString: url }) : undefined
const storage = postgresStorage(pool ? { pool } : { connectionString: url }, { schema })
const users = createUsersService({ storage, passwords: insecureHasher() })

const acknowledged = []
const codes = {}
let state = 'go'
let lastMark = 0
let longestAway = 0

async function write(writer) {
  let failedAt
  for (let n = 0; state !== 'stop'; n++) {
    if (state === 'pause') {
      failedAt = undefined
      await pause(5)
      continue
    }
    const id = `w${writer}n${n}`
    try {
      await users.createUser({ id, email: `${id}@example.com`, password: 'correct horse' })
      acknowledged.push(id)
      await users.updateUserPrefs(id, { prefs: { n } })
      await users.createUserSession(id)
      if (failedAt !== undefined) longestAway = Math.max(longestAway, performance.now() - Math.max(failedAt, lastMark))
      failedAt = undefined
    } catch (error) {
      codes[error.code] = (codes[error.code] ?? 0) + 1
      failedAt ??= performance.now()
      await pause(10)
    }
  }
}

process.on('message', (message) => {
  state = message
  if (message === 'go') lastMark = performance.now()
})
const writers = Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer)))
process.send('ready')
await writers
await users.close()
await pool?.end()
process.send({ acknowledged, codes, longestAway })
process.disconnect()
