import { InsideTransactionError, StorageFailedError } from '../../src/errors/index.js'
import type { Change, SweepRequest, SweepResult, UserQuery, UsersStorage } from '../../src/ports/storage.js'
import { apply } from '../sql/apply.js'
import { createStatements, sweep } from '../sql/kinds/index.js'
import { requireMigrated } from '../sql/migrations.js'
import { createCalls, storageOver } from '../sql/storage-over.js'
import { createGroupCommit } from './commit/group-commit.js'
import { isBusy } from './driver/driver-error.js'
import type { NodeSqliteHandle, SqliteHandle } from './driver/handle.js'
import { createRunner } from './driver/runner.js'
import { createTransact } from './driver/transaction.js'
import { createBackup } from './file/backup.js'
import { createErasure, overwriteDeleted } from './file/erasure.js'
import { watchFile } from './file/replaced-file.js'
import { migrate, ownMigrations } from './migrations.js'
import { checkedSqliteOptions, type SqliteStorageOptions } from './options.js'
import { createIndexGuard } from './search/index-health.js'
import { listStatements, listUsers } from './search/list-users.js'
import { mergeSegments, mergesInProcess, threadedMerges } from './search/merges.js'
import { createRefolding } from './search/refolding.js'
import { createReindex, fewUsers, reindexFew, reindexInSteps, threadedReindex } from './search/reindex.js'
import { lastUser, searchStatements } from './search/search-statements.js'
import { createSearch, isSearch } from './search/search-users.js'
import { createUpkeep } from './search/upkeep.js'
import { sqliteDialect } from './sql-dialect.js'
import { openStorageDatabase } from './storage-database.js'

/** A storage in an SQLite database. */
export interface SqliteStorage extends UsersStorage {
  /** Creates the tables or brings them up to date. For a path the storage calls it itself; for a handle the host does. */
  migrate(): Promise<void>
  /**
   * Copies the database, as of one moment, into a new file that only its owner can read, while writes continue. When this
   * returns, the copy is checked and on the disk; when it throws, no file stays.
   *
   * @throws {InvalidOptionsError} when it is not the path of a file.
   * @throws {StorageOpenError} when the file exists or cannot be created.
   */
  backup(path: string): Promise<void>
  /**
   * Rewrites the file without the space of deleted rows. For a quiet hour: nobody can write meanwhile, and on a handle of
   * the host it blocks the process. Tables of the host without an `integer primary key` get new row numbers.
   */
  vacuum(): Promise<void>
  /**
   * Rebuilds the search index, when an error with the reason `index` says that it is damaged. Others read and write
   * meanwhile; until it is done, which takes some minutes with very many users, searches read all users. The next call
   * continues a rebuild that was interrupted, even by a kill.
   *
   * @throws {StorageFailedError} when more than the index is damaged.
   */
  reindex(): Promise<void>
}

/**
 * Keeps users in an SQLite file. A path (or `:memory:`) is opened by better-sqlite3, and migrated and closed by the storage.
 * An open database of better-sqlite3 or of `node:sqlite` (a `DatabaseSync`, from Node 22.16 on) stays the host's: the
 * storage never closes it, migrates it only by `migrate()`, and keeps the host's settings.
 *
 * ```ts
 * const users = createUsersService({ storage: sqliteStorage('users.db') })
 * ```
 *
 * @throws {MissingPeerError} when `kysely` or, for a path, `better-sqlite3` is not installed.
 * @throws {StorageOpenError} when the file cannot be used.
 * @throws {NewerSchemaError} when a newer version of this library has migrated the tables.
 */
export function sqliteStorage(
  database: string | SqliteHandle | NodeSqliteHandle,
  options: SqliteStorageOptions = {},
): SqliteStorage {
  const { prefix, synchronous } = checkedSqliteOptions(database, options)
  const dialect = sqliteDialect(prefix)
  const statements = createStatements(dialect)
  const lists = listStatements(dialect)
  const searches = searchStatements(dialect)
  const { handle, isOurs, checkpoints, file } = openStorageDatabase(database, synchronous, dialect)
  const run = createRunner(handle)
  const watch = watchFile(handle, file?.path)
  // Notes which files these are, before anybody can replace them.
  if (isOurs) watch.before('read')
  const transact = createTransact(handle, watch)
  const search = createSearch(run, searches)
  const index = createIndexGuard(handle, prefix)
  const erasure = createErasure(handle, prefix, file, checkpoints.cut)
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
  const mergesHere = mergesInProcess(users, mergeStep)
  const merges = file ? threadedMerges(file, users, mergesHere) : mergesHere
  const backup = createBackup(typeof database === 'string' ? handle : database, prefix, file)
  const refolding = createRefolding({
    run,
    transact: (task) => outside(() => transact(task)),
    dialect,
    searches,
    checkpoints,
  })
  const closing = new AbortController()
  let isMigrated = false
  if (isOurs) {
    refolding.start()
    becomeReady()
  }

  function becomeReady(): void {
    index.look()
    isMigrated = true
  }

  /** Begins a transaction of our own, never one inside the host's, which the host may take back. */
  function outside<T>(work: () => T): T {
    if (handle.inTransaction) throw new InsideTransactionError()
    return work()
  }

  /** For work on connections other than the handle. */
  function whileOpen<T>(work: () => T): T {
    handle.prepare('select 1')
    return outside(work)
  }

  function before(): void {
    watch.before('read')
    if (isMigrated) return
    run(requireMigrated(dialect, ownMigrations))
    overwriteDeleted(handle)
    becomeReady()
  }

  function toError(error: unknown): unknown {
    if (isMigrated && index.isCauseOf(error)) return new StorageFailedError('index', { cause: error })
    return dialect.toError(error, dialect)
  }

  function find(query: UserQuery) {
    if (!isSearch(query)) return run(listUsers(lists, query))
    index.require()
    return search(query)
  }

  async function sweepStep(request: SweepRequest): Promise<SweepResult> {
    const swept = outside(() => transact(() => run(sweep(statements, request))))
    const rows = Object.values(swept.deleted).reduce((rows, count) => rows + count)
    // A deleted row changes some pages, as a commit does.
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
      // The core would try again, and never learn how many rows were deleted.
      return { ...swept, done: false }
    }
  }

  async function close(): Promise<void> {
    closing.abort()
    refolding.stop()
    commits.finish()
    await Promise.all([checkpoints.close(), merges.close()])
    if (isOurs) watch.close()
  }

  const calls = createCalls({ before, toError })
  return {
    ...storageOver(statements, {
      calls,
      read: (work) => run(work()),
      commit: (changes) => outside(() => commits.commit(changes)),
      listUsers: find,
      sweep: sweepStep,
      close,
    }),
    async migrate() {
      try {
        outside(() => migrate(handle, dialect))
        reindexFew(handle, transact, prefix)
        refolding.start()
      } catch (error) {
        throw dialect.toError(error, dialect)
      }
    },
    backup: (path) => calls.run(() => whileOpen(() => backup(path))),
    vacuum: () => calls.run(() => whileOpen(erasure.all)),
    reindex: () =>
      calls.run(async () => {
        const inSteps = () => reindexInSteps(createReindex(handle, (task) => outside(() => transact(task)), prefix))
        if (file && users() > fewUsers) await threadedReindex(file, closing.signal, inSteps)
        else await outside(inSteps)
        index.require()
      }),
  }
}
