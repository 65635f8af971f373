// Takes the write lock of a database file when it is told to, and keeps it: <database>
import Database from 'better-sqlite3'

const handle = new Database(process.argv[2])
process.on('message', () => {
  handle.exec('begin immediate')
  process.send('held')
})
process.send('ready')
