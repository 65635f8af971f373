import type { Access } from './access.js'
import type { Session } from './session.js'

/**
 * Works inside a transaction of the host: what writes does so inside a savepoint, so that what fails takes back its own
 * changes alone. `transaction` tells apart whose turn it is: savepoints of one transaction must not overlap.
 */
export function transactionAccess(transaction: object, session: Session): Access {
  const write: Access['write'] = (task) =>
    inTurn(transaction, async () => {
      await session.command('savepoint rollbook')
      try {
        const result = await task(session)
        await session.command('release savepoint rollbook')
        return result
      } catch (error) {
        await takeBack(session)
        throw error
      }
    })
  return { read: (task) => inTurn(transaction, () => task(session)), tryRead: write, write }
}

async function takeBack(session: Session): Promise<void> {
  try {
    await session.command('rollback to savepoint rollbook')
    await session.command('release savepoint rollbook')
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
