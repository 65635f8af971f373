import { type ConflictReason, StorageConflict } from '../../src/errors/index.js'
import { violatedConstraint } from './connection/driver-error.js'
import { activityOfUser, sessionOfUser, uniqueEmail } from './first-tables.js'

/**
 * Another commit was quicker, in the moment between the look of a statement and its write: the conflict is the one that
 * the look would have found. Any other error is answered as it is.
 */
export function conflictOf(error: unknown, prefix: string): unknown {
  const reasons: Readonly<Record<string, ConflictReason>> = {
    [uniqueEmail(prefix)]: 'email-taken',
    [sessionOfUser(prefix)]: 'missing-user',
    [activityOfUser(prefix)]: 'missing-user',
  }
  // Without a cause: there is nothing in it but the row.
  const reason = reasons[violatedConstraint(error)]
  return reason === undefined ? error : new StorageConflict(reason)
}
