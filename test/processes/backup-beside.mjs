/** A process that backs up a file while it writes, and tells whether it could write meanwhile, and by how many threads. */
import { subscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { setImmediate as otherWork } from 'node:timers/promises'
import { sqliteStorage } from '../../dist/adapters/sqlite/index.js'
import { createUsersService } from '../../dist/src/index.js'

const [, , file, copy] = process.argv
const storage = sqliteStorage(file, { synchronous: 'normal' })
const users = createUsersService({ storage })
const add = (name, i) => users.createUser({ id: `${name}${i}`, email: `${name}${i}@example.com` })
for (let i = 0; i < 200; i++) await add('before', i)
await Promise.all(Array.from({ length: 100 }, (_, i) => add('before', 200 + i)))
process.send('ready')
await once(process, 'message')
let threads = 0
subscribe('worker_threads', () => threads++)
let isCopied = false
const copied = storage.backup(copy).then(() => {
  isCopied = true
})
let written = 0
while (!isCopied) {
  await add('after', written++)
  await otherWork()
}
await copied
await users.close()
process.send({ threads, wroteMeanwhile: written > 1 })
process.disconnect()
