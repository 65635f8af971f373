import Database from 'better-sqlite3'
import { type SqliteStorage, sqliteStorage } from '../../adapters/sqlite/index.js'
import { type Fault, type FaultyDatabase, type Watched, watched } from './database.js'
import { worldBefore } from './world.js'

export interface SqliteFault extends Fault {
  readonly code: string
  readonly message: string
  /** Whether the statement has done its work when it fails. */
  readonly isDone: boolean
}

const full = { code: 'SQLITE_FULL', sign: 'SQLITE_FULL', message: 'database or disk is full' }
const disk = { code: 'SQLITE_IOERR_WRITE', sign: 'SQLITE_IOERR_WRITE', message: 'disk I/O error' }
const before: readonly SqliteFault[] = [
  { name: 'full, before', ...full, isDone: false, leavesOpen: true },
  { name: 'full, before, and SQLite has taken the transaction back', ...full, isDone: false, leavesOpen: false },
]
const after: SqliteFault = { name: 'an I/O error, after', ...disk, isDone: true, leavesOpen: true }
const afterAndBack: SqliteFault = { ...after, name: `${after.name}, and taken back`, leavesOpen: false }

/** Another process is in the way. */
export const sqliteConflicts: readonly SqliteFault[] = ['SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT'].map((code) => ({
  name: code,
  code,
  sign: code,
  message: 'database is locked',
  isDone: false,
  leavesOpen: true,
}))

/** What can befall a statement. */
export function sqliteFaultsOf(statement: string): readonly SqliteFault[] {
  // Whatever else goes wrong, SQLite's own rollback ends the transaction; and after a commit there is nothing to take back.
  if (/^rollback/i.test(statement)) return [after]
  return /^commit/i.test(statement) ? [...before, after] : [...before, after, afterAndBack]
}

/** An SQLite database with the world in it. Its statements go through the real driver, and fail where they are told to. */
export async function faultySqlite(
  path: string,
): Promise<FaultyDatabase<SqliteFault> & { readonly handle: Database.Database }> {
  const handle = new Database(path)
  handle.pragma('journal_mode = wal')
  handle.pragma('synchronous = full')
  const storage: SqliteStorage = sqliteStorage(handle)
  await storage.migrate()
  await storage.commit(worldBefore)
  const state = intercepted(handle)
  const tables = ['users', 'sessions', 'activity', 'tombstones'].map((name) => `rollbook_${name}`)
  handle.exec(tables.map((table) => `create table kept_${table} as select * from ${table};`).join(''))
  handle.exec('create table kept_sequence as select * from sqlite_sequence')
  const restore = `begin;
    ${tables
      .toSpliced(0, 1)
      .map((table) => `delete from ${table};`)
      .join('')} delete from rollbook_users;
    ${tables.map((table) => `insert into ${table} select * from kept_${table};`).join('')}
    delete from sqlite_sequence; insert into sqlite_sequence select * from kept_sequence; commit`
  const rows = (sql: string) => JSON.stringify(handle.prepare(sql).raw().all())
  return {
    handle,
    storage,
    fresh: () => sqliteStorage(handle),
    restore: async () => void handle.exec(restore),
    async contents() {
      handle.exec(`insert into rollbook_users_search (rollbook_users_search, rank) values ('integrity-check', 1)`)
      return {
        users: [
          rows('select * from rollbook_users order by seq'),
          rows('select * from rollbook_user_blocks'),
          rows('select term, doc from rollbook_search_terms'),
        ].join('\n'),
        // The secret of a new session is random.
        sessions: rows(`select id, user_id, iif(id like 'test%', '', secret_hash), session_epoch, created_at,
          expires_at, used_at, ip, user_agent from rollbook_sessions order by seq`),
        activity: rows('select * from rollbook_activity order by seq'),
        tombstones: rows('select * from rollbook_tombstones'),
      }
    },
    faultsOf: sqliteFaultsOf,
    async watch(task, injection) {
      state.watched = watched(injection)
      const done = state.watched
      await task()
      state.watched = undefined
      return done
    },
    requireAtRest() {
      if (handle.inTransaction) {
        handle.exec('rollback')
        throw new Error('a transaction was left open')
      }
    },
    close: async () => void handle.close(),
  }
}

/** Takes the place of what runs statements in the driver, those of its own transactions too. */
function intercepted(handle: Database.Database): { watched: Watched<SqliteFault> | undefined } {
  const state: { watched: Watched<SqliteFault> | undefined } = { watched: undefined }
  function around<T>(statement: string, run: () => T): T {
    const fault = state.watched?.next(statement)
    if (!fault) return run()
    if (fault.isDone) run()
    if (!fault.leavesOpen && handle.inTransaction) unwatched(() => handle.exec('rollback'))
    throw new Database.SqliteError(fault.message, fault.code)
  }
  function unwatched(run: () => void): void {
    const { watched: kept } = state
    state.watched = undefined
    run()
    state.watched = kept
  }

  const prototype: Database.Statement = Object.getPrototypeOf(handle.prepare('select 1'))
  for (const method of ['run', 'get', 'all'] as const) {
    const original: (...values: unknown[]) => unknown = prototype[method]
    Reflect.set(prototype, method, function (this: Database.Statement, ...values: unknown[]) {
      const run = () => original.apply(this, values)
      return this.database === handle ? around(this.source, run) : run()
    })
  }
  const exec = handle.exec.bind(handle)
  handle.exec = (sql) => around(sql, () => exec(sql))
  return state
}
