/** Opens a database of generated people twice, to be read only: by the service, and by the driver alone. */
import { createUsersService } from 'rollbook'
import { sqliteStorage } from 'rollbook/sqlite'
import { openDatabase } from '../dist/adapters/sqlite/driver/open-database.js'
import { instantHasher } from './data.js'

export function openForReading(path) {
  const users = createUsersService({ storage: sqliteStorage(path), passwords: instantHasher })
  const database = openDatabase(path, 'full')
  return {
    users,
    database,
    async close() {
      await users.close()
      database.close()
    },
  }
}
