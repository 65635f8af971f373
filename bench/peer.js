/** better-auth with its admin plugin over better-sqlite3, set up as its documentation says, with the hasher replaced. */
import { createHmac } from 'node:crypto'
import { betterAuth } from 'better-auth'
import { admin } from 'better-auth/plugins'
import { openDatabase } from '../dist/adapters/sqlite/driver/open-database.js'
import { exampleHash } from './data.js'

const secret = 'a secret of the benchmark, of 32 characters or more'

/** `database` has the settings of ours: WAL, the same `synchronous`, the same cache. */
export function peerService(path, synchronous = 'full') {
  const database = openDatabase(path, synchronous)
  const auth = betterAuth({
    database,
    secret,
    baseURL: 'http://127.0.0.1',
    emailAndPassword: {
      enabled: true,
      password: { hash: async () => exampleHash, verify: async () => true },
    },
    // It limits requests over HTTP in production; nothing is limited on our side either.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    plugins: [admin()],
  })
  return { auth, database }
}

/** The cookie of a session, signed as better-auth signs it. */
export function peerCookie(token) {
  const signature = createHmac('sha256', secret).update(token).digest('base64')
  return `better-auth.session_token=${encodeURIComponent(`${token}.${signature}`)}`
}
