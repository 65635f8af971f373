import type { Access } from './access.js'
import type { Connection } from './connection.js'
import { namesStatements, withoutNames } from './prepared-names.js'

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
