import { resolve } from 'node:path'
import type Database from 'better-sqlite3'
import { ClosedError, InsideTransactionError, InvalidOptionsError, StorageFailedError } from '../../src/errors/index.js'
import type { Change, UsersStorage } from '../../src/ports/storage.js'
import { apply } from '../sql/apply.js'
import { findSession, findUser, listActivity, listSessions } from '../sql/reads.js'
import { createStatements } from '../sql/statements.js'
import { sweep } from '../sql/sweep.js'
import { listAllActivity, listAllSessions, listTombstones } from '../sql/walks.js'
import { checkpointsInCommits, threadedCheckpoints } from './commit/checkpoints.js'
import { createGroupCommit } from './commit/group-commit.js'
import { createUpkeep } from './commit/upkeep.js'
import { fromDriver, isBusy, mayBeDamage } from './driver/driver-error.js'
import {
  isNodeSqlite,
  type NodeSqliteHandle,
  overNodeSqlite,
  type SqliteHandle,
  withoutBigInts,
} from './driver/handle.js'
import { openDatabase, openError, stopBlocking } from './driver/open-database.js'
import { createRunner } from './driver/runner.js'
import { createTransact } from './driver/transaction.js'
import { createBackup } from './file/backup.js'
import { createErasure, overwriteDeleted } from './file/erasure.js'
import { makePrivate } from './file/private-file.js'
import { watchFile } from './file/replaced-file.js'
import { migrate, requireMigrated } from './migrations.js'
import { indexDamage } from './search/index-health.js'
import { listStatements, listUsers } from './search/list-users.js'
import { mergeSegments, mergesInProcess, threadedMerges } from './search/merges.js'
import { createRefolding } from './search/refolding.js'
import { createReindex, fewUsers, reindexFew, reindexInSteps, threadedReindex } from './search/reindex.js'
import { lastUser, searchStatements } from './search/search-statements.js'
import { createSearch, isSearch, type UserSearch } from './search/search-users.js'
import { sqliteDialect } from './sql-dialect.js'

/** How tables are named, and how sure a write is. */
export interface SqliteStorageOptions {
  /** What the names of our tables begin with: `rollbook_` when absent. */
  readonly prefix?: string | undefined
  /**
   * `full` when absent: an acknowledged write survives a power cut. `normal` is quicker, and a power cut may take the
   * last commits. For a path only: on a handle of its own the host decides.
   */
  readonly synchronous?: 'full' | 'normal' | undefined
}

/** A storage in an SQLite database. */
export interface SqliteStorage extends UsersStorage {
  /** Creates the tables or brings them up to date. Called by the storage itself for a path; by the host for a handle. */
  migrate(): Promise<void>
  /**
   * Copies the database, as it is at one moment, into a new file that only its owner can read, beside running writes. What
   * was made is checked and on the disk when this returns; when it throws, no file stays.
   *
   * @throws {InvalidOptionsError} when it is not the path of a file.
   * @throws {StorageOpenError} when the file exists or cannot be made.
   */
  backup(path: string): Promise<void>
  /**
   * Rewrites the file without the room of deleted rows. For a quiet hour: nobody can write meanwhile, and on a handle of
   * the host, nor can the process do anything else. Tables of the host that have no `integer primary key` get new row
   * numbers.
   */
  vacuum(): Promise<void>
  /**
   * Creates the search index anew, once an error with the reason `index` says that it is damaged. Others read and write
   * meanwhile; searches go through all users until it is done, on a file of very many users for some minutes. What is cut
   * off, as by a kill, goes on with the next call.
   *
   * @throws {StorageFailedError} when more than the index is damaged.
   */
  reindex(): Promise<void>
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
  const watch = watchFile(handle, file?.path)
  // From here on they are to stay what they are.
  if (isOurs) watch.before('read')
  const transact = createTransact(handle, watch)
  const searchUsers = createSearch(run, searches)
  const upkeep = createUpkeep(run, searches, () => {
    checkpoints.committed()
    erasure.changed()
  })
  function applyAll(changes: readonly Change[]): void {
    for (const change of changes) run(apply(statements, change))
  }
  const commits = createGroupCommit(handle, run, transact, applyAll, upkeep)
  const mergeStep = (pages: number) => outside(() => transact(() => run(mergeSegments(searches, pages))))
  const users = () => run(lastUser(searches))
  const mergesAlone = mergesInProcess(users, mergeStep)
  const merges = file ? threadedMerges(file, users, mergesAlone) : mergesAlone
  const erasure = createErasure(handle, prefix, file, checkpoints.cut)
  const backup = createBackup(typeof database === 'string' ? handle : database, prefix, file)
  const refolding = createRefolding({
    run,
    transact: (task) => outside(() => transact(task)),
    dialect,
    searches,
    checkpoints,
  })
  if (isOurs) refolding.start()
  let isMigrated = isOurs
  let damage = isOurs ? indexDamage(handle, prefix) : undefined
  const closing = new AbortController()

  /** Runs synchronous database work, with its errors turned into ours. */
  async function using<T>(work: () => T | Promise<T>): Promise<T> {
    try {
      if (closing.signal.aborted) throw new ClosedError()
      watch.before('read')
      if (!isMigrated) {
        requireMigrated(handle, prefix)
        overwriteDeleted(handle)
        damage = indexDamage(handle, prefix)
      }
      isMigrated = true
      return await work()
    } catch (error) {
      throw isMigrated && isOfIndex(error) ? new StorageFailedError('index', { cause: error }) : fromDriver(error)
    }
  }

  /** Whether it is the damage of the search index that an operation met. */
  function isOfIndex(error: unknown): boolean {
    try {
      return mayBeDamage(error) && indexDamage(handle, prefix) !== undefined
    } catch {
      // More is damaged.
      return false
    }
  }

  /** Rather than an answer that hides users. Somebody else may have made the index anew meanwhile. */
  function requireIndex(): void {
    if (damage !== undefined) damage = indexDamage(handle, prefix)
    if (damage !== undefined) throw new StorageFailedError('index', { cause: new Error(damage) })
  }

  function search(query: UserSearch) {
    requireIndex()
    return searchUsers(query)
  }

  /** Begins a transaction of our own, never one inside the host's, whose end is not ours to know. */
  function outside<T>(work: () => T): T {
    if (handle.inTransaction) throw new InsideTransactionError()
    return work()
  }

  /** For work on connections other than the handle. */
  function whileOpen<T>(work: () => T): T {
    handle.prepare('select 1')
    return outside(work)
  }

  return {
    findUser: (by) => using(() => run(findUser(statements, by))),
    listUsers: (query) => using(() => (isSearch(query) ? search(query) : run(listUsers(lists, query)))),
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
        if (rows > 0) erasure.changed()
        if (!swept.done) return swept
        try {
          if (refolding.step() === 'more') return { ...swept, done: false }
          const done = await merges.step(request.limit)
          if (done) await erasure.step()
          return { ...swept, done }
        } catch (error) {
          if (rows === 0 || !isBusy(error)) throw error
          // The core would try again, and never hear of what was deleted.
          return { ...swept, done: false }
        }
      }),
    async migrate() {
      try {
        outside(() => migrate(handle, prefix))
        reindexFew(handle, transact, prefix)
        refolding.start()
      } catch (error) {
        throw fromDriver(error)
      }
    },
    backup: (path) => using(() => whileOpen(() => backup(path))),
    vacuum: () => using(() => whileOpen(erasure.all)),
    reindex: () =>
      using(async () => {
        const inSteps = () => reindexInSteps(createReindex(handle, (task) => outside(() => transact(task)), prefix))
        if (file && users() > fewUsers) await threadedReindex(file, closing.signal, inSteps)
        else await outside(inSteps)
        requireIndex()
      }),
    async close() {
      closing.abort()
      refolding.stop()
      commits.finish()
      await Promise.all([checkpoints.close(), merges.close()])
      if (isOurs) watch.close()
    },
  }
}

function opened(database: string | SqliteHandle | NodeSqliteHandle, synchronous: 'full' | 'normal', prefix: string) {
  if (typeof database !== 'string') {
    const handle = isNodeSqlite(database) ? overNodeSqlite(database) : withoutBigInts(database)
    return { handle, isOurs: false, checkpoints: checkpointsInCommits(handle) }
  }
  // Trimmed as the driver trims it, so that the file made private is the one that is opened.
  const path = database.trim()
  const handle = openMigrated(path, synchronous, prefix)
  if (path === ':memory:') return { handle, isOurs: true, checkpoints: checkpointsInCommits(handle) }
  makePrivate(path)
  // Threads open the file later, when the process may have another working directory.
  const file = { path: resolve(path), synchronous, prefix }
  return { handle, isOurs: true, checkpoints: threadedCheckpoints(handle, file.path, synchronous), file }
}

function openMigrated(path: string, synchronous: 'full' | 'normal', prefix: string): Database.Database {
  const database = openDatabase(path, synchronous)
  try {
    migrate(database, prefix)
    reindexFew(database, createTransact(database), prefix)
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
