/**
 * An app that copies its own database as a file, which drops SQLite's locks, and goes on writing: <database> <how often>.
 * Told to go on, it tries to add that many users, tells the parent how each try ended, and waits to be killed.
 */

import { once } from 'node:events'
import { copyFileSync } from 'node:fs'
import { sqliteStorage } from '../../dist/adapters/sqlite/index.js'
import { createUsersService } from '../../dist/src/index.js'

const [file, times] = process.argv.slice(2)
const users = createUsersService({ storage: sqliteStorage(file) })
async function add(id) {
  try {
    await users.createUser({ id, email: `${id}@example.com` })
    return { id, end: 'acknowledged' }
  } catch (error) {
    return { id, end: error.reason ?? error.code }
  }
}

const before = await add('before')
copyFileSync(file, `${file}.copy`)
process.send('ready')
await once(process, 'message')
const ends = [before]
for (let i = 0; i < Number(times); i++) ends.push(await add(`after${i}`))
const read = await users.getUser('before').then(
  () => 'read',
  (error) => error.reason,
)
process.send({ ends, read })
setInterval(() => {}, 1000)
