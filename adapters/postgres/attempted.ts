import { isLost } from './driver-error.js'
import type { Session } from './session.js'

/** Runs SQL inside a transaction that goes on without it when the database refuses. Answers whether it did not. */
export async function attempted(session: Session, text: string): Promise<boolean> {
  await session.command('savepoint rollbook_attempt')
  try {
    await session.command(text)
    await session.command('release savepoint rollbook_attempt')
    return true
  } catch (error) {
    if (isLost(error)) throw error
    await session.command('rollback to savepoint rollbook_attempt')
    return false
  }
}
