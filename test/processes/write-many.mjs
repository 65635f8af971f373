/**
 * A process that writes a megabyte or two to a file, less than SQLite lets the log grow to, and tells when the database
 * file itself has it: `write-many.mjs <file> close` closes it then, and without `close` the process just ends.
 */
import { statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { sqliteStorage } from '../../dist/adapters/sqlite/index.js'

const [file, end] = process.argv.slice(2)
const storage = sqliteStorage(file, { synchronous: 'normal' })
const details = { text: 'x'.repeat(2000) }
for (let i = 0; i < 900; i++) {
  await storage.commit([
    { op: 'appendActivity', activity: { id: `a${i}`, event: 'tea.made', at: new Date(), details } },
  ])
}
for (let waits = 0; statSync(file).size < 500_000; waits++) {
  if (waits === 500) throw new Error('nobody made a checkpoint')
  await sleep(10)
}
if (end === 'close') await storage.close()
