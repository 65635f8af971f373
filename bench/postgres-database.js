/** Makes a database on a PostgreSQL server with all people in it. */
import pg from 'pg'
import { postgresStorage } from 'rollbook/postgres'
import { userColumns, users } from '../dist/adapters/sql/kinds/users.js'
import { people } from './data.js'
import { progress } from './progress.js'

const peopleAtOnce = 5000

/** Answers a pool of its connections, and the name. One of this name that is there is taken as it is. */
export async function openDatabase(serverUrl, name, config) {
  const server = new pg.Pool({ connectionString: serverUrl, max: 1 })
  const { rowCount } = await server.query('select 1 from pg_database where datname = $1', [name])
  if (rowCount === 0) await server.query(`create database "${name}"`)
  await server.end()
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  const pool = new pg.Pool({ connectionString: url.href, max: 10 })
  if (rowCount === 0) await fill(pool, config)
  return pool
}

export async function dropDatabase(serverUrl, name) {
  const server = new pg.Pool({ connectionString: serverUrl, max: 1 })
  await server.query(`drop database if exists "${name}"`)
  await server.end()
}

/** Writes straight into the tables, and makes the search index when all are there: nothing of it is measured. */
async function fill(pool, config) {
  const storage = postgresStorage({ pool })
  await storage.migrate()
  await pool.query('drop index rollbook_users_search')
  const { rows } = await pool.query('select * from rollbook_users limit 0').then(({ fields }) => ({ rows: fields }))
  const typeOf = (column) => (rows.find(({ name }) => name === column).dataTypeID === 25 ? 'text' : 'bigint')
  const arrays = userColumns.map((column, index) => `$${index + 1}::${typeOf(column)}[]`).join()
  const insert = `insert into rollbook_users (${userColumns.join()}) select * from unnest(${arrays})`
  let some = []
  const insertSome = async () => {
    await pool.query(
      insert,
      userColumns.map((column) => some.map((row) => row[column])),
    )
    some = []
    progress()
  }
  for (const { user } of people(config)) {
    some.push(users.toRow(user))
    if (some.length === peopleAtOnce) await insertSome()
  }
  await insertSome()
  await storage.migrate()
  await pool.query('vacuum analyze rollbook_users')
}
