import { Client } from 'pg'
import { postgresStorage } from '../../adapters/postgres/index.js'
import type { TestDatabase } from '../adapters/postgres/databases.js'
import { type FaultyDatabase, type Watched, watched } from './database.js'
import { noConnection, type PostgresFault, postgresFaultsOf } from './postgres-faults.js'
import { worldBefore } from './world.js'

const names = ['users', 'sessions', 'activity', 'tombstones'] as const

/** A PostgreSQL database with the world in it. Its statements go through the real driver, and fail where they are told to. */
export async function faultyPostgres(
  database: TestDatabase,
  options: { readonly isOneSession: boolean },
): Promise<FaultyDatabase<PostgresFault> & { readonly schema: string }> {
  const { pool } = database
  const schema = database.newSchema()
  const open = () => postgresStorage({ pool }, { schema })
  const storage = open()
  await storage.migrate()
  await storage.commit(worldBefore)
  const table = (name: string) => `"${schema}".rollbook_${name}`
  const kept = (name: string) => `"${schema}".kept_${name}`
  await pool.query(names.map((name) => `create table ${kept(name)} as table ${table(name)};`).join(''))
  const restore = [
    ...names.toReversed().map((name) => `delete from ${table(name)};`),
    ...names.map((name) => {
      const always = name === 'tombstones' ? '' : 'overriding system value'
      return `insert into ${table(name)} ${always} select * from ${kept(name)};`
    }),
  ].join('')
  const rows = (name: string, row: string, order: string) =>
    `(select coalesce(jsonb_agg(${row} order by ${order}), '[]')::text from ${table(name)} as item) as ${name}`
  // The row numbers of what was refused are gone, and the secret of a new session is random.
  const contents = `select ${[
    rows('users', "to_jsonb(item) - 'seq'", 'seq'),
    rows(
      'sessions',
      `to_jsonb(item) - case when id like 'test%' then '{seq,secret_hash}' else '{seq}'::text[] end`,
      'seq',
    ),
    rows('activity', "to_jsonb(item) - 'seq'", 'seq'),
    rows('tombstones', 'to_jsonb(item)', 'id'),
  ].join(', ')}`
  const { state, stop } = intercepted(database, options)

  return {
    schema,
    storage,
    fresh: open,
    restore: async () => void (await pool.query(restore)),
    contents: async () => (await pool.query(contents)).rows[0],
    faultsOf(statement, isInside) {
      return statement === 'connect' ? [noConnection] : postgresFaultsOf(statement, isInside)
    },
    async watch(task, injection) {
      state.watched = watched(injection)
      state.released.length = 0
      const done = state.watched
      await task()
      state.watched = undefined
      return done
    },
    requireAtRest() {
      const { totalCount, idleCount, waitingCount } = pool
      if (idleCount !== totalCount || waitingCount > 0) throw new Error('a connection is not back in the pool')
      if (state.released.some((status) => status !== 'I')) throw new Error('a transaction was left open')
    },
    close() {
      stop()
      return database.close()
    },
  }
}

interface State {
  watched: Watched<PostgresFault> | undefined
  /** The transaction status of each connection that was given back to the pool to be used again. */
  readonly released: (string | null)[]
}

/** Takes the place of what gets connections and sends statements in the driver. */
function intercepted({ pool }: TestDatabase, { isOneSession }: { readonly isOneSession: boolean }) {
  const state: State = { watched: undefined, released: [] }
  const { query } = Client.prototype
  const { connect } = pool

  function queried(this: Client, ...args: unknown[]): unknown {
    const [given, ...others] = args
    const isOurs = typeof given === 'object' && given !== null && 'text' in given
    // Where all connections are one session, a new one stumbles over what the one before has prepared.
    const sent = isOurs && isOneSession ? { ...given, name: undefined } : given
    const run = () => Reflect.apply(query, this, [sent, ...others])
    // Every other query is one of the test.
    const text = isOurs ? String(given.text) : undefined
    const fault = text === undefined ? undefined : state.watched?.next(text)
    return fault ? fault.befall(this, run, (sql) => Reflect.apply(query, this, [sql])) : run()
  }
  async function connected(): Promise<unknown> {
    if (state.watched?.next('connect')) throw new Error('timeout exceeded when trying to connect')
    return Reflect.apply(connect, pool, [])
  }

  Reflect.set(Client.prototype, 'query', queried)
  Reflect.set(pool, 'connect', (...args: unknown[]) =>
    state.watched && args.length === 0 ? connected() : Reflect.apply(connect, pool, args),
  )
  pool.on('release', (error, client) => {
    if (!error) state.released.push((client as unknown as Client).getTransactionStatus())
  })
  const stop = () => Reflect.set(Client.prototype, 'query', query)
  return { state, stop }
}
