import type { CloseOptions, UsersStorage } from '../../src/ports/storage.js'
import { poolAccess } from './connection/access.js'
import { fromDriver } from './connection/driver-error.js'
import { connectionsOfTransaction, type PostgresTransaction, transactionAccess } from './connection/host-transaction.js'
import { openPool } from './connection/open-pool.js'
import { surviveLosses } from './connection/pool.js'
import { connectionStringsOf, hostWaitMs, primaryPool } from './connection/primary-pool.js'
import { ensureMigrated, migrate, requireMigrated } from './migrations.js'
import { checkedOptions, type PoolSource, type PostgresDatabase, type PostgresStorageOptions } from './options.js'
import { createRefolding } from './search/refolding.js'
import { singleFlight } from './single-flight.js'
import { postgresDialect } from './sql-dialect.js'
import { createStorageOver } from './storage-over.js'
import { tableNames } from './table-names.js'

/** A storage in a PostgreSQL database. */
export interface PostgresStorage extends UsersStorage {
  /**
   * Creates the tables or brings them up to date. Called by the storage itself for a connection string; by the host for
   * a pool.
   */
  migrate(): Promise<void>
  inTransaction(transaction: unknown): UsersStorage
}

/**
 * Keeps users in PostgreSQL. With a connection string the storage connects, migrates and closes by itself. A pool of
 * `pg` stays the host's: never closed, migrated only by `migrate()`, with the host's own settings. Inside a transaction
 * of the host each commit is a savepoint, and the host alone ends the transaction. A connection string may name several
 * servers, `postgres://user:password@db1,db2:5433/app`: they are tried in order, and the one that takes writes is used.
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
/** Keeps users inside one open transaction of the host, which alone ends it. */
export function postgresStorage(transaction: PostgresTransaction, options?: PostgresStorageOptions): UsersStorage
export function postgresStorage(
  database: PostgresDatabase | PostgresTransaction,
  options: PostgresStorageOptions = {},
): PostgresStorage | UsersStorage {
  const { source, schema, prefix, prepare } = checkedOptions(database, options)
  const names = tableNames(schema, prefix)
  const dialect = postgresDialect(names)
  const storageOver = createStorageOver(dialect, prefix)

  function inTransaction(transaction: unknown, host?: object): UsersStorage {
    const [key, connections] = connectionsOfTransaction(transaction)
    const access = transactionAccess(key, connections, { naming: host ?? key, prepare })
    return storageOver(access, () => requireMigrated(access, names))
  }
  if (source.kind === 'transaction') return inTransaction(source.transaction)

  const { pool, isOurs, close: closePool, queryTimeoutMs } = opened(source)
  const access = poolAccess(pool, { prepare, queryTimeoutMs })
  const refolding = createRefolding(access, dialect)
  async function openOurs(): Promise<void> {
    await ensureMigrated(access, names)
    await refolding.start()
  }
  async function close(options?: CloseOptions): Promise<void> {
    refolding.stop()
    await closePool?.(options)
  }
  const storage = storageOver(access, isOurs ? singleFlight(openOurs) : () => requireMigrated(access, names), close)
  return {
    ...storage,
    async sweep(request) {
      const swept = await storage.sweep(request)
      return swept.done ? { ...swept, done: await refolding.isDone() } : swept
    },
    async migrate() {
      try {
        await migrate(access, names)
        await refolding.start()
      } catch (error) {
        throw fromDriver(error)
      }
    },
    inTransaction: (transaction) => inTransaction(transaction, pool),
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
