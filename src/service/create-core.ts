import { isId, timeOrderedId } from '../domain/ids.js'
import { UserNotFoundError } from '../errors/index.js'
import { argon2id } from '../passwords/argon2id.js'
import { processWarnings, unfailing } from '../ports/logger.js'
import type { Change, UsersStorage } from '../ports/storage.js'
import type { CommitParts, Core } from './core.js'
import { createPasswords } from './passwords.js'
import { createEventDelivery } from './runtime/event-delivery.js'
import { checkedClock, checkedHasher, checkedIds } from './runtime/host-answers.js'
import { commitIdempotently } from './runtime/idempotent-commit.js'
import { createKeyedMutex } from './runtime/keyed-mutex.js'
import { patientTurn } from './runtime/patient-turn.js'
import { conflictReason, patientStorage, retried } from './runtime/retries.js'

/** What of the core does not come of the storage. */
type CoreParts = Omit<Core, 'storage' | 'commit' | 'commitAbout' | 'existingUser' | 'entry'>

export function createCore(options: Core['options']): Core {
  const logger = options.logger ? unfailing(options.logger) : processWarnings
  const now = options.now ? checkedClock(options.now) : () => new Date()
  const inTurn = createKeyedMutex()
  const storage = patientStorage(options.storage)
  return coreOver(storage, {
    options,
    logger,
    inTurn,
    changing: (userId, attempt) => patientTurn(inTurn, userId, () => retried('stale-user', attempt)),
    now,
    newId: options.newId ? checkedIds(options.newId) : () => timeOrderedId(now()),
    passwords: createPasswords({
      hasher: checkedHasher(options.passwords ?? argon2id()),
      hashing: options.hashing,
      storage,
      now,
      logger,
    }),
    tell: createEventDelivery(options.onEvent, logger),
  })
}

/** The core over another storage than its own. */
export function coreOver(storage: UsersStorage, parts: CoreParts): Core {
  const { now, newId, tell } = parts
  const commitTurns = createKeyedMutex()
  const commitNow: Core['commit'] = async (changes, { told, wasApplied } = {}) => {
    if (wasApplied) await commitIdempotently(() => storage.commit(changes), wasApplied)
    else await storage.commit(changes)
    for (const change of changes) if (change.op === 'appendActivity') tell(change.activity)
    if (told) tell(told)
  }
  // The entries of a user are committed one after another, so that the listener hears of them in the order of the log:
  // of commits that run at once, neither tells which one the storage took first.
  const commit: Core['commit'] = (changes, parts) => {
    const userId = userOfEntry(changes, parts)
    if (userId === undefined) return commitNow(changes, parts)
    return patientTurn(commitTurns, userId, () => commitNow(changes, parts))
  }
  return {
    ...parts,
    storage,
    commit,
    async commitAbout(userId, changes) {
      try {
        await commit(changes)
      } catch (error) {
        throw conflictReason(error) === 'missing-user' ? new UserNotFoundError(userId) : error
      }
    },
    async existingUser(userId) {
      const user = isId(userId) ? await storage.findUser({ id: userId }) : undefined
      if (!user) throw new UserNotFoundError(userId)
      return user
    },
    entry(event, { userId, by, details }) {
      const at = now()
      return {
        id: newId('activity'),
        event,
        at,
        ...(userId !== undefined && { userId }),
        ...by,
        ...(details && { details }),
      }
    },
  }
}

/** Whose log a commit writes to: all entries of a commit are about one user. */
function userOfEntry(changes: readonly Change[], { told }: CommitParts = {}): string | undefined {
  if (told) return told.userId
  for (const change of changes) if (change.op === 'appendActivity') return change.activity.userId
  return undefined
}
