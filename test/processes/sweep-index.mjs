/**
 * A process that adds users to a file one by one. Told to go on, it sweeps while it adds others, tells how many threads it
 * has started, and ends without closing anything. Its working directory is another one by then.
 */
import { subscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { parse } from 'node:path'
import { sqliteStorage } from '../../dist/adapters/sqlite/index.js'
import { createUsersService } from '../../dist/src/index.js'

let threads = 0
subscribe('worker_threads', () => threads++)
const { dir, base } = parse(process.argv[2])
process.chdir(dir)
const users = createUsersService({ storage: sqliteStorage(base, { synchronous: 'normal' }) })
process.chdir('/')
// Fewer commits than are needed for a thread that makes checkpoints.
async function add(from, to) {
  for (let i = from; i < to; i++) await users.createUser({ id: `new${i}`, email: `new${i}@example.com` })
}

await add(0, 150)
process.send('ready')
await once(process, 'message')
await Promise.all([users.sweep(), add(150, 200)])
await users.sweep()
process.send(threads)
process.disconnect()
