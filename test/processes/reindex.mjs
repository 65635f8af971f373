/** Makes the search index of a file anew, and tells when it is done: <database>. */
import { sqliteStorage } from '../../dist/adapters/sqlite/index.js'

const storage = sqliteStorage(process.argv[2])
process.send('ready')
await storage.reindex()
process.send('done')
await storage.close()
process.disconnect()
