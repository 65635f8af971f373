import type * as KyselyModule from 'kysely'
import { InvalidOptionsError } from '../../../src/errors/index.js'
import { loadPeer } from '../../sql/load-peer.js'
import type { Access } from './access.js'
import { type Connection, connectionOf, namesStatements, withoutNames, withWholeNumbers } from './connection.js'
import { type PostgresClient, type PostgresResult, surviveLoss } from './pool.js'

/** A transaction that the host has begun: one of Kysely, or a client of `pg` after its `begin`. */
export type PostgresTransaction = KyselyTransaction | PostgresClient

const cure = 'give a transaction of Kysely, or a client of pg on which you have begun one'

/** @throws {InvalidOptionsError} when it is no transaction. */
export function connectionsOfTransaction(transaction: unknown): readonly [PostgresTransaction, TransactionConnections] {
  if (isKysely(transaction)) {
    if (!transaction.isTransaction)
      throw new InvalidOptionsError(`postgresStorage: this Kysely is no transaction: ${cure}`)
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

/** A pool can be queried too, each time on another connection. */
function isClient(value: unknown): value is PostgresClient {
  return typeof value === 'object' && value !== null && 'query' in value && !('totalCount' in value)
}

/**
 * The part of a transaction of Kysely that the storage needs. It names no type of Kysely's, so that these declarations
 * are whole without that package.
 */
export interface KyselyTransaction {
  readonly isTransaction: boolean
  withoutPlugins(): unknown
  /** Takes a compiled query of Kysely. */
  executeQuery(query: never): Promise<{ readonly rows: unknown[]; readonly numAffectedRows?: bigint | undefined }>
}

/** @throws {MissingPeerError} */
export function kyselyConnection(transaction: KyselyTransaction): Connection {
  const { CompiledQuery } = loadPeer<typeof KyselyModule>('kysely', 'npm install kysely pg')
  // What has the shape of a transaction of Kysely is one. A plugin of the host may give columns other names.
  const plain = transaction.withoutPlugins() as KyselyModule.Transaction<unknown>
  async function execute(sql: string, values: unknown[]): Promise<PostgresResult> {
    const { rows, numAffectedRows } = await plain.executeQuery(CompiledQuery.raw(sql, values))
    // What PostgreSQL answers are rows.
    return withWholeNumbers({ rows: rows as object[], rowCount: Number(numAffectedRows ?? rows.length) })
  }
  return {
    execute: (statement, args) => execute(statement.sql, statement.values(args)),
    command: (text) => execute(text, []),
  }
}

/** The connection of a transaction, and the same one with statements that are prepared under names. */
export interface TransactionConnections {
  readonly plain: Connection
  readonly named?: Connection
}

/**
 * Works inside a transaction of the host: what writes does so inside a savepoint, so that what fails takes back its own
 * changes alone. `transaction` tells apart whose turn it is: savepoints of one transaction must not overlap. `naming` is
 * what knows whether names may be used, if `prepare` says so.
 */
export function transactionAccess(
  transaction: object,
  { plain, named }: TransactionConnections,
  { naming, prepare }: { readonly naming: object; readonly prepare: boolean },
): Access {
  async function saved<T>(connection: Connection, task: (connection: Connection) => Promise<T>): Promise<T> {
    await plain.command('savepoint rollbook')
    try {
      const result = await task(connection)
      await plain.command('release savepoint rollbook')
      return result
    } catch (error) {
      await takeBack(plain)
      throw error
    }
  }
  async function write<T>(task: (connection: Connection) => Promise<T>): Promise<T> {
    if (named === undefined || !prepare || !namesStatements(naming)) return saved(plain, task)
    try {
      return await saved(named, task)
    } catch (error) {
      if (!withoutNames(naming, error)) throw error
      return saved(plain, task)
    }
  }
  return {
    // Without names: one that the connection has lost would end the whole transaction.
    read: (task) => inTurn(transaction, () => task(plain)),
    tryRead: (task) => inTurn(transaction, () => saved(plain, task)),
    write: (task) => inTurn(transaction, () => write(task)),
  }
}

async function takeBack(connection: Connection): Promise<void> {
  try {
    await connection.command('rollback to savepoint rollbook')
    await connection.command('release savepoint rollbook')
  } catch {
    // The connection is lost, and the transaction with it: what is to be told is the error before.
  }
}

const turns = new WeakMap<object, Promise<void>>()

function inTurn<T>(transaction: object, task: () => Promise<T>): Promise<T> {
  const turn = (turns.get(transaction) ?? Promise.resolve()).then(task)
  const end = () => {}
  turns.set(transaction, turn.then(end, end))
  return turn
}
