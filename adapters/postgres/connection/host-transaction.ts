import type * as KyselyModule from 'kysely'
import { InvalidOptionsError } from '../../../src/errors/index.js'
import { loadKysely } from '../../sql/load-peer.js'
import type { Access } from './access.js'
import { type Connection, connectionOf, stopsPreparedNames, usesPreparedNames, withWholeNumbers } from './connection.js'
import { type PostgresClient, type PostgresResult, surviveLoss } from './pool.js'

/** A transaction that the host has begun: one of Kysely, or a client of `pg` after its `begin`. */
export type PostgresTransaction = KyselyTransaction | PostgresClient

const cure = 'give a transaction of Kysely, or a client of pg on which you have begun one'

/** @throws {InvalidOptionsError} when it is not a transaction. */
export function connectionsOfTransaction(transaction: unknown): readonly [PostgresTransaction, TransactionConnections] {
  if (isKysely(transaction)) {
    if (!transaction.isTransaction)
      throw new InvalidOptionsError(`postgresStorage: this Kysely instance is not a transaction: ${cure}`)
    return [transaction, { plain: kyselyConnection(transaction) }]
  }
  if (isClient(transaction)) {
    surviveLoss(transaction)
    return [transaction, { plain: connectionOf(transaction, false), named: connectionOf(transaction, true) }]
  }
  throw new InvalidOptionsError(`postgresStorage: ${cure}`)
}

function isKysely(value: unknown): value is KyselyTransaction {
  return typeof value === 'object' && value !== null && 'executeQuery' in value && 'isTransaction' in value
}

/** Excludes pools, which can be queried too, but each time on another connection. */
function isClient(value: unknown): value is PostgresClient {
  return typeof value === 'object' && value !== null && 'query' in value && !('totalCount' in value)
}

/**
 * The part of a transaction of Kysely that the storage needs. It names no type of Kysely's, so that these declarations
 * compile without that package.
 */
export interface KyselyTransaction {
  readonly isTransaction: boolean
  withoutPlugins(): unknown
  /** Takes a compiled query of Kysely. */
  executeQuery(query: never): Promise<{ readonly rows: unknown[]; readonly numAffectedRows?: bigint | undefined }>
}

/** @throws {MissingPeerError} */
export function kyselyConnection(transaction: KyselyTransaction): Connection {
  const { CompiledQuery } = loadKysely('pg')
  // Checked by its shape before. Without plugins, since one of the host may rename columns.
  const plain = transaction.withoutPlugins() as KyselyModule.Transaction<unknown>
  async function execute(sql: string, values: unknown[]): Promise<PostgresResult> {
    const { rows, numAffectedRows } = await plain.executeQuery(CompiledQuery.raw(sql, values))
    // PostgreSQL returns rows.
    return withWholeNumbers({ rows: rows as object[], rowCount: Number(numAffectedRows ?? rows.length) })
  }
  return {
    execute: (statement, args) => execute(statement.sql, statement.values(args)),
    command: (text) => execute(text, []),
  }
}

/** The connection of a transaction; `named` is the same one with statements prepared under names. */
export interface TransactionConnections {
  readonly plain: Connection
  readonly named?: Connection
}

/**
 * Works inside a transaction of the host. Each write has a savepoint, so that a failed one rolls back its own changes only.
 * Tasks of one `transaction` run one at a time, because savepoints must not overlap. `naming` is the pool or client that
 * decides whether prepared names are used, where `prepare` allows them.
 */
export function transactionAccess(
  transaction: object,
  { plain, named }: TransactionConnections,
  { naming, prepare }: { readonly naming: object; readonly prepare: boolean },
): Access {
  async function withSavepoint<T>(connection: Connection, task: (connection: Connection) => Promise<T>): Promise<T> {
    await plain.command('savepoint rollbook')
    try {
      const result = await task(connection)
      await plain.command('release savepoint rollbook')
      return result
    } catch (error) {
      await rollBack(plain)
      throw error
    }
  }
  async function write<T>(task: (connection: Connection) => Promise<T>): Promise<T> {
    if (named === undefined || !prepare || !usesPreparedNames(naming)) return withSavepoint(plain, task)
    try {
      return await withSavepoint(named, task)
    } catch (error) {
      if (!stopsPreparedNames(naming, error)) throw error
      return withSavepoint(plain, task)
    }
  }
  return {
    // Without names: a lost one would abort the whole transaction.
    read: (task) => runExclusive(transaction, () => task(plain)),
    tryRead: (task) => runExclusive(transaction, () => withSavepoint(plain, task)),
    write: (task) => runExclusive(transaction, () => write(task)),
  }
}

async function rollBack(connection: Connection): Promise<void> {
  try {
    await connection.command('rollback to savepoint rollbook')
    await connection.command('release savepoint rollbook')
  } catch {
    // The connection is lost, and the transaction with it. The error before this one is what matters.
  }
}

const lastTasks = new WeakMap<object, Promise<void>>()

function runExclusive<T>(transaction: object, task: () => Promise<T>): Promise<T> {
  const running = (lastTasks.get(transaction) ?? Promise.resolve()).then(task)
  const ignore = () => {}
  lastTasks.set(transaction, running.then(ignore, ignore))
  return running
}
