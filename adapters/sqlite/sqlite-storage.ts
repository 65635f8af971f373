import { resolve } from 'node:path'
import type Database from 'better-sqlite3'
import { InsideTransactionError, InvalidOptionsError } from '../../src/errors.js'
import type { Change, UsersStorage } from '../../src/ports/storage.js'
import { apply } from '../sql/apply.js'
import { findSession, findUser, listActivity, listSessions } from '../sql/reads.js'
import { createStatements } from '../sql/statements.js'
import { sweep } from '../sql/sweep.js'
import { listAllActivity, listAllSessions, listTombstones } from '../sql/walks.js'
import { checkpointsBeside, checkpointsInCommits } from './checkpoints.js'
import { fromDriver, isBusy } from './driver-error.js'
import { createGroupCommit } from './group-commit.js'
import { type SqliteHandle, withNumbers } from './handle.js'
import { lastUser } from './last-user.js'
import { listStatements, listUsers } from './list-users.js'
import { mergeSegments } from './merge-segments.js'
import { mergesBeside, mergesInProcess } from './merges.js'
import { migrate, requireMigrated } from './migrations.js'
import { isNodeSqlite, type NodeSqliteHandle, overNodeSqlite } from './node-sqlite.js'
import { openDatabase, openError, stopBlocking } from './open-database.js'
import { createRefolding } from './refolding.js'
import { createRunner } from './runner.js'
import { searchStatements } from './search-statements.js'
import { createSearch } from './search-users.js'
import { sqliteDialect } from './sql-dialect.js'
import { createTransact } from './transaction.js'
import { createUpkeep } from './upkeep.js'
import { isSearch } from './user-search.js'

/** How tables are named, and how sure a write is. */
export interface SqliteStorageOptions {
  /** What the names of our tables begin with: `rollbook_` when absent. */
  readonly prefix?: string
  /**
   * `full` when absent: an acknowledged write survives a power cut. `normal` is quicker, and a power cut may take the
   * last commits. For a path only: on a handle of its own the host decides.
   */
  readonly synchronous?: 'full' | 'normal'
}

/** A storage in an SQLite database. */
export interface SqliteStorage extends UsersStorage {
  /** Creates the tables or brings them up to date. Called by the storage itself for a path; by the host for a handle. */
  migrate(): Promise<void>
}

/**
 * Keeps users in an SQLite file. A path (or `:memory:`) is opened by better-sqlite3, migrated and closed by the storage.
 * An open database of better-sqlite3 or of `node:sqlite` (a `DatabaseSync`, from Node 22.16 on) stays the host's: never
 * closed, migrated only by `migrate()`, with the host's own settings.
 *
 * ```ts
 * const users = createUsersService({ storage: sqliteStorage('users.db') })
 * ```
 *
 * @throws {MissingPeerError} when `kysely` or, for a path, `better-sqlite3` is not installed.
 * @throws {StorageOpenError} when the file cannot be used.
 * @throws {NewerSchemaError} when a newer version of this library made the tables.
 */
export function sqliteStorage(
  database: string | SqliteHandle | NodeSqliteHandle,
  options: SqliteStorageOptions = {},
): SqliteStorage {
  const { prefix, synchronous } = checkedOptions(database, options)
  const dialect = sqliteDialect(prefix)
  const statements = createStatements(dialect)
  const lists = listStatements(dialect)
  const searches = searchStatements(dialect)
  const { handle, isOurs, checkpoints, file } = opened(database, synchronous, prefix)
  const run = createRunner(handle)
  const transact = createTransact(handle)
  const searchUsers = createSearch(run, searches)
  const upkeep = createUpkeep(run, searches, () => checkpoints.committed())
  function applyAll(changes: readonly Change[]): void {
    for (const change of changes) run(apply(statements, change))
  }
  const commits = createGroupCommit(handle, run, transact, applyAll, upkeep)
  const mergeStep = (pages: number) => outside(() => transact(() => run(mergeSegments(searches, pages))))
  const users = () => run(lastUser(searches))
  const mergesAlone = mergesInProcess(users, mergeStep)
  const merges = file ? mergesBeside(file, users, mergesAlone) : mergesAlone
  const refolding = createRefolding({
    run,
    transact: (task) => outside(() => transact(task)),
    dialect,
    searches,
    checkpoints,
  })
  if (isOurs) refolding.start()
  let isMigrated = isOurs

  /** Runs synchronous database work, with its errors turned into ours. */
  async function using<T>(work: () => T | Promise<T>): Promise<T> {
    try {
      if (!isMigrated) requireMigrated(handle, prefix)
      isMigrated = true
      return await work()
    } catch (error) {
      throw fromDriver(error)
    }
  }

  /** Begins a transaction of our own, never one inside the host's, whose end is not ours to know. */
  function outside<T>(work: () => T): T {
    if (handle.inTransaction) throw new InsideTransactionError()
    return work()
  }

  return {
    findUser: (by) => using(() => run(findUser(statements, by))),
    listUsers: (query) => using(() => (isSearch(query) ? searchUsers(query) : run(listUsers(lists, query)))),
    findSession: (secretHash) => using(() => run(findSession(statements, secretHash))),
    listSessions: (userId, range) => using(() => run(listSessions(statements, userId, range))),
    listActivity: (userId, range) => using(() => run(listActivity(statements, userId, range))),
    listAllSessions: (walk) => using(() => run(listAllSessions(statements, walk))),
    listAllActivity: (walk) => using(() => run(listAllActivity(statements, walk))),
    listTombstones: (walk) => using(() => run(listTombstones(statements, walk))),
    commit: (changes) => using(() => outside(() => commits.commit(changes))),
    sweep: (request) =>
      using(async () => {
        const swept = outside(() => transact(() => run(sweep(statements, request))))
        const rows = swept.sessions + swept.activity
        // A row that goes changes some pages, as a commit does.
        checkpoints.committed(rows)
        if (!swept.done) return swept
        try {
          return { ...swept, done: refolding.step() !== 'more' && (await merges.step(request.limit)) }
        } catch (error) {
          if (rows === 0 || !isBusy(error)) throw error
          // The core would try again, and never hear of what was deleted.
          return { ...swept, done: false }
        }
      }),
    async migrate() {
      try {
        outside(() => migrate(handle, prefix))
        refolding.start()
      } catch (error) {
        throw fromDriver(error)
      }
    },
    async close() {
      refolding.stop()
      commits.finish()
      await Promise.all([checkpoints.close(), merges.close()])
      if (isOurs) handle.close()
    },
  }
}

function opened(database: string | SqliteHandle | NodeSqliteHandle, synchronous: 'full' | 'normal', prefix: string) {
  if (typeof database !== 'string') {
    const handle = isNodeSqlite(database) ? overNodeSqlite(database) : withNumbers(database)
    return { handle, isOurs: false, checkpoints: checkpointsInCommits }
  }
  // Trimmed as the driver trims it, so that the file made private is the one that is opened.
  const path = database.trim()
  const handle = openMigrated(path, synchronous, prefix)
  if (path === ':memory:') return { handle, isOurs: true, checkpoints: checkpointsInCommits }
  // Threads open the file later, when the process may have another working directory.
  const file = { path: resolve(path), synchronous, prefix }
  return { handle, isOurs: true, checkpoints: checkpointsBeside(handle, file.path, synchronous), file }
}

function openMigrated(path: string, synchronous: 'full' | 'normal', prefix: string): Database.Database {
  const database = openDatabase(path, synchronous)
  try {
    migrate(database, prefix)
    stopBlocking(database)
    return database
  } catch (error) {
    database.close()
    throw openError(path, error)
  }
}

function checkedOptions(database: unknown, options: SqliteStorageOptions) {
  const { prefix = 'rollbook_', synchronous = 'full', ...unknown } = options ?? {}
  const refuse = (why: string) => new InvalidOptionsError(`sqliteStorage: ${why}`)
  const isHandle =
    typeof database === 'object' && database !== null && (isBetterSqlite(database) || isNodeSqlite(database))
  if (!isHandle && (typeof database !== 'string' || database.trim() === '')) {
    throw refuse('give the path of a file, or an open database of better-sqlite3 or (Node 22.16 and newer) node:sqlite')
  }
  const [name] = Object.keys(unknown)
  if (name !== undefined) throw refuse(`${name} is not an option: prefix and synchronous are`)
  if (isHandle && isClosed(database)) throw refuse('the database is closed')
  if (typeof prefix !== 'string' || !/^(?!sqlite_)[a-z_][a-z0-9_]{0,30}$/.test(prefix)) {
    throw refuse('prefix must be at most 31 of a-z 0-9 _, with no digit first, and not begin with sqlite_')
  }
  if (synchronous !== 'full' && synchronous !== 'normal') throw refuse('synchronous must be full or normal')
  return { prefix, synchronous }
}

function isBetterSqlite(database: object): database is SqliteHandle {
  return 'prepare' in database && 'inTransaction' in database
}

function isClosed(database: SqliteHandle | NodeSqliteHandle): boolean {
  return isNodeSqlite(database) ? !database.isOpen : 'open' in database && database.open === false
}
