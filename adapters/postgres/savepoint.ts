import type { Connection } from './connection.js'
import { isLost } from './driver-error.js'

/** Runs SQL inside a transaction that goes on without it when the database refuses. Returns whether it did not. */
export async function trySavepoint(connection: Connection, text: string): Promise<boolean> {
  await connection.command('savepoint rollbook_attempt')
  try {
    await connection.command(text)
    await connection.command('release savepoint rollbook_attempt')
    return true
  } catch (error) {
    if (isLost(error)) throw error
    await connection.command('rollback to savepoint rollbook_attempt')
    return false
  }
}
