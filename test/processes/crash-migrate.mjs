// Opens a database file, which migrates it, says before that it is about to, and afterwards that it has: <database>
import { writeSync } from 'node:fs'
import { sqliteStorage } from '../../dist/adapters/sqlite/index.js'

const [database] = process.argv.slice(2)
// Loads the driver, so that what follows is the migration alone.
await sqliteStorage(':memory:').close()
writeSync(1, 'opening\n')
sqliteStorage(database)
writeSync(1, 'opened\n')
setInterval(() => {}, 1000)
