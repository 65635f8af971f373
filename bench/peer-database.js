/** Fills better-auth's own tables, made by its own migrations, with the generated people. */
import { getMigrations } from 'better-auth/db/migration'
import { exampleHash, people } from './data.js'
import { peerService } from './peer.js'

/** The administrator in whose name better-auth is asked. */
export const peerAdmin = { id: 'admin', token: 'token of the administrator, 32 c' }

const week = 7 * 24 * 60 * 60 * 1000

export async function makePeerDatabase(path, config) {
  const { auth, database } = peerService(path, 'normal')
  const { runMigrations } = await getMigrations(auth.options)
  await runMigrations()
  const insert = (table, columns) => {
    const names = columns.map((column) => `"${column}"`).join()
    const statement = database.prepare(`insert into "${table}" (${names}) values (${columns.map(() => '?').join()})`)
    return (...values) => statement.run(values)
  }
  const insertUser = insert(
    ...['user', ['id', 'name', 'email', 'emailVerified', 'role', 'banned', 'createdAt', 'updatedAt']],
  )
  const insertAccount = insert(
    ...['account', ['id', 'accountId', 'providerId', 'userId', 'password', 'createdAt', 'updatedAt']],
  )
  const insertSession = insert(
    ...['session', ['id', 'token', 'userId', 'expiresAt', 'ipAddress', 'userAgent', 'createdAt', 'updatedAt']],
  )
  const now = new Date()
  // So far off that none is to be prolonged, which would be a write.
  const expiresAt = new Date(now.getTime() + week).toISOString()
  const fill = database.transaction(() => {
    const time = now.toISOString()
    insertUser(peerAdmin.id, 'Admin', 'admin@example.com', 1, 'admin', 0, time, time)
    insertSession('admin-session', peerAdmin.token, peerAdmin.id, expiresAt, '', '', time, time)
    for (const { user, sessions } of people(config)) {
      const registered = user.createdAt.toISOString()
      const isBanned = user.status === 'active' ? 0 : 1
      insertUser(
        user.id,
        user.name,
        user.emailKey,
        Number(user.emailVerified),
        'user',
        isBanned,
        registered,
        registered,
      )
      insertAccount(`of-${user.id}`, user.id, 'credential', user.id, exampleHash, registered, registered)
      for (const { secret, record } of sessions) {
        insertSession(record.id, secret, user.id, expiresAt, record.ip, record.userAgent, time, time)
      }
    }
  })
  fill.immediate()
  database.close()
}
