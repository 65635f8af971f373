/** Opens a file, and writes the error that a user gets. */
import { sqliteStorage } from 'rollbook/sqlite'

try {
  await sqliteStorage('users.db').close()
  console.log('opened')
} catch (error) {
  console.log(error.code, error.message)
}
