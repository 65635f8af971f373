import type { Change, CloseOptions, UsersStorage } from '../../src/ports/storage.js'
import { apply } from '../sql/apply.js'
import type { SqlDialect } from '../sql/dialect.js'
import { createStatements, sweep } from '../sql/kinds/index.js'
import { createCalls, storageOver } from '../sql/storage-over.js'
import type { Work } from '../sql/work.js'
import { type Access, poolAccess } from './connection/access.js'
import { runOn } from './connection/connection.js'
import { fromDriver } from './connection/driver-error.js'
import { connectionsOfTransaction, type PostgresTransaction, transactionAccess } from './connection/host-transaction.js'
import { openPool } from './connection/open-pool.js'
import { surviveLosses } from './connection/pool.js'
import { connectionStringsOf, hostWaitMs, primaryPool } from './connection/primary-pool.js'
import { ensureMigrated, migrate, requireMigrated } from './migrations.js'
import {
  checkedPostgresOptions,
  type PoolSource,
  type PostgresDatabase,
  type PostgresStorageOptions,
} from './options.js'
import { createLists } from './search/list-users.js'
import { createRefolding } from './search/refolding.js'
import { postgresDialect } from './sql-dialect.js'

/** A storage in a PostgreSQL database. */
export interface PostgresStorage extends UsersStorage {
  /**
   * Creates the tables or brings them up to date. For a connection string the storage calls it itself; for a pool the host
   * does.
   */
  migrate(): Promise<void>
  inTransaction(transaction: unknown): UsersStorage
}

/**
 * Keeps users in PostgreSQL. With a connection string the storage connects, migrates and closes by itself. A pool of `pg`
 * stays the host's: the storage never closes it, migrates it only by `migrate()`, and keeps the host's settings. Inside a
 * transaction of the host each commit is a savepoint, and only the host ends the transaction. A connection string may name
 * several servers, as in `postgres://user:password@db1,db2:5433/app`: they are tried in order, and the first that takes
 * writes is used.
 *
 * ```ts
 * const storage = postgresStorage({ pool })
 * await storage.migrate()
 * const users = createUsersService({ storage })
 * ```
 *
 * @throws {MissingPeerError} when `kysely` is not installed, or `pg` for a connection string.
 * @throws {InvalidOptionsError}
 */
export function postgresStorage(database: PostgresDatabase, options?: PostgresStorageOptions): PostgresStorage
/** Keeps users inside one open transaction of the host, which only the host ends. */
export function postgresStorage(transaction: PostgresTransaction, options?: PostgresStorageOptions): UsersStorage
export function postgresStorage(
  database: PostgresDatabase | PostgresTransaction,
  options: PostgresStorageOptions = {},
): PostgresStorage | UsersStorage {
  const { source, schema, prefix, prepare } = checkedPostgresOptions(database, options)
  const dialect = postgresDialect({ schema, prefix })
  const storageOn = createStorageOn(dialect)

  function inTransaction(transaction: unknown, host?: object): UsersStorage {
    const [key, connections] = connectionsOfTransaction(transaction)
    const access = transactionAccess(key, connections, { naming: host ?? key, prepare })
    return storageOn(access, { ready: () => requireMigrated(access, dialect) })
  }
  if (source.kind === 'transaction') return inTransaction(source.transaction)

  const { pool, isOurs, close: closePool, queryTimeoutMs } = opened(source)
  const access = poolAccess(pool, { prepare, queryTimeoutMs })
  const refolding = createRefolding(access, dialect)
  async function openOurs(): Promise<void> {
    await ensureMigrated(access, dialect)
    await refolding.start()
  }
  const storage = storageOn(access, {
    ready: isOurs ? singleFlight(openOurs) : () => requireMigrated(access, dialect),
    async close(options) {
      refolding.stop()
      await closePool?.(options)
    },
  })
  return {
    ...storage,
    async sweep(request) {
      const swept = await storage.sweep(request)
      return swept.done ? { ...swept, done: await refolding.isDone() } : swept
    },
    async migrate() {
      try {
        await migrate(access, dialect)
        await refolding.start()
      } catch (error) {
        throw fromDriver(error)
      }
    },
    inTransaction: (transaction) => inTransaction(transaction, pool),
  }
}

interface StorageOptions {
  /** Awaited before the first call, and again until it has succeeded. */
  ready(): Promise<void>
  /** Closes what the storage has opened. */
  close?(options?: CloseOptions): Promise<void>
}

/** Compiles the statements once, for every way to the database. */
function createStorageOn(dialect: SqlDialect) {
  const statements = createStatements(dialect)
  const listUsers = createLists(dialect)

  return function storageOn(access: Access, { ready, close = async () => {} }: StorageOptions): UsersStorage {
    let isReady = false
    async function before(): Promise<void> {
      await ready()
      isReady = true
    }
    async function commit(changes: readonly Change[]): Promise<void> {
      // A user may have a million rows.
      const limit = changes.some(({ op }) => op === 'deleteUser') ? 'long' : 'default'
      await access.write(async (connection) => {
        for (const change of changes) await runOn(connection, apply(statements, change))
      }, limit)
    }
    const read = <T>(work: () => Work<T>) => access.read((connection) => runOn(connection, work()))
    const storage = storageOver(statements, {
      calls: createCalls({
        before: () => (isReady ? undefined : before()),
        toError: (error) => dialect.toError(error, dialect),
      }),
      read,
      commit,
      listUsers: (query) => read(() => listUsers(query)),
      // In one transaction: a step that is repeated must not forget what it has deleted.
      sweep: (request) => access.write((connection) => runOn(connection, sweep(statements, request)), 'long'),
      close,
    })
    return {
      ...storage,
      // Nothing to do needs no connection.
      commit: async (changes) => (changes.length > 0 ? storage.commit(changes) : undefined),
    }
  }
}

/** Lets callers at the same time share one run of a task. After it, the next caller starts a new one. */
function singleFlight<T>(task: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined
  return () => {
    running ??= task().finally(() => {
      running = undefined
    })
    return running
  }
}

function opened(source: PoolSource) {
  if (source.kind === 'pool') {
    surviveLosses(source.pool)
    return { pool: source.pool, isOurs: false }
  }
  const addresses = connectionStringsOf(source.connectionString)
  const patience = addresses.length > 1 ? hostWaitMs : undefined
  const servers = addresses.map((connectionString) => openPool({ ...source, connectionString, hostWaitMs: patience }))
  const [only] = servers
  const pool = servers.length === 1 && only ? only.pool : primaryPool(servers.map((server) => server.pool))
  async function close(options?: CloseOptions): Promise<void> {
    await Promise.all(servers.map((server) => server.close(options)))
  }
  surviveLosses(pool)
  return { pool, isOurs: true, close, queryTimeoutMs: source.queryTimeoutMs }
}
