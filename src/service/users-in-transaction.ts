import type { UsersService } from './users-service.js'

/**
 * The operations inside a transaction of the host: what they do is there when the host commits, and was never when it
 * rolls back. `onEvent` hears of it when the host says that it has committed.
 *
 * ```ts
 * const inside = users.withTransaction(transaction)
 * const ada = await inside.createUser({ email: 'ada@example.com' })
 * await transaction.insertInto('invoices').values({ owner: ada.id }).execute()
 * await transaction.commit().execute()
 * inside.committed()
 * ```
 *
 * An operation that is refused takes back its own changes alone, and the transaction goes on. Nothing waits and nothing
 * is tried again: when another transaction is in the way, `TransactionConflictError` says that the host is to roll back
 * and to run its transaction again.
 *
 * A `signal` is heeded between two steps and while a password waits to be hashed: a statement that was sent is waited
 * for, because the connection is the host's, and so is its limit for a statement.
 *
 * Two things to know. A password takes milliseconds to hash, in which the transaction holds its connection and its
 * locks. And the record of a refused password goes when the host rolls back for it: check passwords before.
 */
export interface UsersInTransaction
  extends Omit<UsersService, 'sweep' | 'withTransaction' | 'close' | typeof Symbol.asyncDispose> {
  /**
   * Says that the transaction is committed, which this service cannot see: `onEvent` is told of what it did, in order,
   * and later calls throw `ClosedError`. For a part that may be rolled back alone, take one of its own.
   */
  committed(): void
}
