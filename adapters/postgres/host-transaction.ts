import { InvalidOptionsError } from '../../src/errors/index.js'
import { type KyselyTransaction, kyselySession } from './kysely-session.js'
import type { PostgresClient } from './pool.js'
import { surviveLoss } from './pool-events.js'
import { sessionOf } from './session.js'
import type { TransactionSessions } from './transaction-access.js'

/** A transaction that the host has begun: one of Kysely, or a client of `pg` after its `begin`. */
export type PostgresTransaction = KyselyTransaction | PostgresClient

const cure = 'give a transaction of Kysely, or a client of pg on which you have begun one'

/** @throws {InvalidOptionsError} when it is no transaction. */
export function sessionsOfTransaction(transaction: unknown): readonly [PostgresTransaction, TransactionSessions] {
  if (isKysely(transaction)) {
    if (!transaction.isTransaction)
      throw new InvalidOptionsError(`postgresStorage: this Kysely is no transaction: ${cure}`)
    return [transaction, { plain: kyselySession(transaction) }]
  }
  if (isClient(transaction)) {
    surviveLoss(transaction)
    return [transaction, { plain: sessionOf(transaction, false), named: sessionOf(transaction, true) }]
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
