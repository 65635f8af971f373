/**
 * A process that gives a user the name and deletes it again, and sweeps: once with the user and once without. The file stays
 * open until the process is told to go on.
 */
import { once } from 'node:events'
import { sqliteStorage } from '../../dist/adapters/sqlite/index.js'
import { createUsersService } from '../../dist/src/index.js'

const [, , file, name] = process.argv
const users = createUsersService({ storage: sqliteStorage(file, { synchronous: 'normal' }) })
// So many commits that a thread makes the checkpoints.
for (let i = 0; i < 300; i++) await users.createUser({ email: `plain${i}@example.com` })
const { id } = await users.createUser({ email: 'rare@example.com', name })
await users.sweep()
process.send('ready')
await once(process, 'message')
await users.deleteUser(id)
await users.sweep()
process.send('swept')
await once(process, 'message')
await users.close()
process.disconnect()
