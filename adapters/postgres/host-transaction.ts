import { InvalidOptionsError } from '../../src/errors/index.js'
import { connectionOf } from './connection.js'
import { type KyselyTransaction, kyselyConnection } from './kysely-connection.js'
import type { PostgresClient } from './pool.js'
import { surviveLoss } from './pool-events.js'
import type { TransactionConnections } from './transaction-access.js'

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
