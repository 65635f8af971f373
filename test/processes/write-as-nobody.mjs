// Opens a database file without the rights of an administrator, and tells how a read and a write end: <database>
import { sqliteStorage } from '../../dist/adapters/sqlite/index.js'

const [database] = process.argv.slice(2)
// Loads the driver, which the user it becomes may have no right to read.
await sqliteStorage(':memory:').close()
if (process.getuid?.() === 0) {
  process.setgid(65534)
  process.setuid(65534)
}
const activity = { id: 'e2', event: 'tea.made', at: new Date() }

async function ends() {
  try {
    const storage = sqliteStorage(database)
    const { items } = await storage.walk('activity', { limit: 9 })
    const written = storage.commit([{ op: 'appendActivity', activity }])
    const end = await written.then(
      () => 'done',
      ({ code, reason }) => `${code}: ${reason}`,
    )
    await storage.close()
    return { read: items.length, end }
  } catch ({ code, message }) {
    return { code, message }
  }
}

process.once('message', async () => {
  process.send(await ends())
  process.disconnect()
})
process.send('ready')
