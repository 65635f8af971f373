/** A process that writes so many megabytes to a file, says how large its log ever was, and stays until told to close. */
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { sqliteStorage } from '../../dist/adapters/sqlite/index.js'

const [, , file, megabytes] = process.argv
const storage = sqliteStorage(file, { synchronous: 'normal' })
const activity = { id: 'e', event: 'noted', at: new Date(0), details: { text: 'x'.repeat(100_000) } }
process.send('ready')
await once(process, 'message')
let largest = 0
for (let written = 0; written < Number(megabytes) * 10; written++) {
  await storage.commit([{ op: 'appendActivity', activity }])
  // Other work, such as hearing of a thread.
  await new Promise(setImmediate)
  largest = Math.max(largest, statSync(`${file}-wal`).size)
}
// Enough that a thread makes a checkpoint, whatever the size.
for (let i = 0; i < 300; i++)
  await storage.commit([{ op: 'appendActivity', activity: { ...activity, details: undefined } }])
process.send({ largest })
await once(process, 'message')
await storage.close()
process.disconnect()
