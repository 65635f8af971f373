import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { postgresStorage } from '../../adapters/postgres/index.js'
import { sqliteStorage } from '../../adapters/sqlite/index.js'
import type { UsersService, UsersStorage } from '../../src/index.js'
import { createTestUsers } from '../../src/testing/index.js'
import { serverDatabase, serverUrl } from '../adapters/postgres/databases.js'
import { started } from '../processes/started.js'

type End = (users: UsersService, sessionId: string) => Promise<unknown>
const ends: readonly End[] = [
  (users, sessionId) => users.deleteUserSession('ada', sessionId),
  (users) => users.deleteUserSessions('ada'),
  (users) => users.updateUserPassword('ada', { password: 'battery staple' }),
  async (users) => {
    await users.updateUserStatus('ada', { status: 'blocked' })
    await users.updateUserStatus('ada', { status: 'active' })
  },
  (users) => users.deleteUser('ada'),
]

/** Ends sessions here in every way, and asks a process that has just let them in. */
async function revokedElsewhere(storage: UsersStorage, database: string, schema: string): Promise<void> {
  const { users } = createTestUsers({ storage, now: new Date() })
  await users.createUser({ email: 'ada@example.com', password: 'correct horse', id: 'ada' })
  const other = await started('verify-sessions.mjs', [database, schema])
  for (const end of ends) {
    const { session, secret } = await users.createUserSession('ada')
    expect(await other.ask(secret)).toBe('valid')
    await end(users, session.id)
    expect(await other.ask(secret)).toBe('invalid-session')
  }
  await users.close()
}

test('a session that one process ends opens nothing at the next call of another: an SQLite file [B-59]', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'rollbook-revocation-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = path.join(folder, 'users.db')
  await revokedElsewhere(sqliteStorage(file), file, '')
})

test.runIf(serverUrl)(
  'a session that one process ends opens nothing at the next call of another: a PostgreSQL server [B-59]',
  async () => {
    const database = serverDatabase()
    onTestFinished(database.close)
    const schema = database.newSchema()
    await revokedElsewhere(postgresStorage({ connectionString: serverUrl }, { schema }), serverUrl, schema)
  },
)
