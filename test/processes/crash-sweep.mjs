// Sweeps a database file of all activity before a moment, says before that it is about to, and afterwards that it has:
// <database> <moment>
import { writeSync } from 'node:fs'
import { sqliteStorage } from '../../dist/adapters/sqlite/index.js'
import { createUsersService } from '../../dist/src/index.js'

const [database, moment] = process.argv.slice(2)
const users = createUsersService({ storage: sqliteStorage(database) })
writeSync(1, 'sweeping\n')
await users.sweep({ activityBefore: new Date(moment) })
writeSync(1, 'swept\n')
setInterval(() => {}, 1000)
