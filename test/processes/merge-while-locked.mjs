/** A process that has a thread merge the index of a file while the file is locked, and again after that. Tells how each ended. */
import Database from 'better-sqlite3'
import { fromDriver } from '../../dist/adapters/sqlite/driver/driver-error.js'
import { sqliteStorage } from '../../dist/adapters/sqlite/index.js'
import { threadedMerges } from '../../dist/adapters/sqlite/search/merges.js'

const path = process.argv[2]
await sqliteStorage(path).close()
const file = { path, synchronous: 'normal', prefix: 'rollbook_' }
const alone = { step: async () => 'alone' }
const merges = threadedMerges(file, () => 1_000_000, alone)
const step = () =>
  merges.step(10).then(
    (isDone) => isDone,
    (error) => fromDriver(error).reason,
  )

const handle = new Database(path)
handle.exec('begin immediate')
const locked = await step()
handle.exec('commit')
process.send([locked, await step()])
handle.close()
await merges.close()
process.disconnect()
