/** A process whose thread cuts the log for every one of many sweeps, and that says which warnings came of it. */
import { once } from 'node:events'
import { sqliteStorage } from '../../dist/adapters/sqlite/index.js'

const [, , file, sweeps] = process.argv
const warnings = []
process.on('warning', ({ name }) => warnings.push(name))
const storage = sqliteStorage(file, { synchronous: 'normal' })
const activity = { id: 'e', event: 'noted', at: new Date(0) }
process.send('ready')
await once(process, 'message')
// Enough that there is a thread.
for (let i = 0; i < 300; i++) await storage.commit([{ op: 'appendActivity', activity }])
for (let i = 0; i < Number(sweeps); i++) {
  await storage.commit([{ op: 'appendActivity', activity }])
  await storage.sweep({ expiredAt: new Date(0), limit: 100 })
}
// Warnings come in a later turn.
await new Promise(setImmediate)
process.send(warnings)
await storage.close()
process.disconnect()
