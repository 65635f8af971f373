/** Makes database files with all people in them, to be read or copied by the tables. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { sqliteStorage } from 'rollbook/sqlite'
import { columnNames } from '../dist/adapters/sql/columns.js'
import { sqlKinds } from '../dist/adapters/sql/kinds/index.js'
import { createRunner } from '../dist/adapters/sqlite/driver/runner.js'
import { searchStatements } from '../dist/adapters/sqlite/search/search-statements.js'
import { createUpkeep } from '../dist/adapters/sqlite/search/upkeep.js'
import { sqliteDialect } from '../dist/adapters/sqlite/sql-dialect.js'
import { people } from './data.js'
import { progress } from './progress.js'

/**
 * Answers the path of a database with the people of a configuration. It is made in `folder`; in `kept`, if that is
 * given, it is left for the next run, and taken from there when neither the tables nor the generator have changed.
 */
export async function makeTemplate(folder, config, kept) {
  const path = join(kept ?? folder, `rollbook-bench-${config.count}-${config.seed}-${await versionOf(config)}.db`)
  if (existsSync(path)) return path
  const unfinished = join(folder, `unfinished-${config.count}.db`)
  // Its own migrations make the tables, and its triggers keep the search index while the rows come.
  await sqliteStorage(unfinished).close()
  fill(unfinished, config)
  renameSync(unfinished, path)
  return path
}

/**
 * Writes straight into the tables: nothing of it is measured. But each person has a commit, with the storage's own upkeep in
 * it: how quick a search is depends on how the index has grown, and people do sign up one by one.
 */
function fill(path, config) {
  const database = new Database(path)
  database.pragma('journal_mode = off')
  database.pragma('synchronous = off')
  database.pragma('cache_size = -1000000')
  const insert = (table) => {
    const columns = columnNames(sqlKinds[table].columns)
    const places = columns.map(() => '?').join()
    const statement = database.prepare(`insert into rollbook_${table} (${columns}) values (${places})`)
    return (row) => statement.run(columns.map((column) => row[column]))
  }
  const insertUser = insert('users')
  const insertSession = insert('sessions')
  const appendActivity = insert('activity')
  const upkeep = createUpkeep(createRunner(database), searchStatements(sqliteDialect('rollbook_')), () => {})
  const insertPerson = database.transaction(({ user, sessions, activity }) => {
    upkeep.begun()
    upkeep.before([{ op: 'insertUser', user }])
    insertUser(sqlKinds.users.toRow(user))
    for (const { record } of sessions) insertSession(sqlKinds.sessions.toRow(record))
    for (const entry of activity) appendActivity(sqlKinds.activity.toRow(entry))
    upkeep.beforeCommit()
  })
  let count = 0
  for (const person of people(config)) {
    insertPerson(person)
    if (++count % 4096 === 0) progress()
  }
  database.pragma('journal_mode = wal')
  database.close()
}

/** What the content of such a file depends on, besides the number of people. */
async function versionOf({ now, oneIn }) {
  const storage = new Database(':memory:')
  await sqliteStorage(storage).migrate()
  const schema = storage.prepare('select sql from sqlite_master order by name').pluck().all()
  storage.close()
  const here = fileURLToPath(new URL('.', import.meta.url))
  const generators = ['data.js', 'words.js', 'addresses.js', 'random.js', 'template.js']
  const sources = readdirSync(here).filter((name) => generators.includes(name))
  const all = JSON.stringify([
    schema,
    readFileSync(join(here, '../dist/adapters/sqlite/search/upkeep.js'), 'utf8'),
    searchStatements(sqliteDialect('rollbook_')).mergeIndex,
    now,
    oneIn,
    sources.map((name) => readFileSync(join(here, name), 'utf8')),
  ])
  return createHash('sha256').update(all).digest('hex').slice(0, 8)
}
