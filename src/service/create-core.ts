import { isId, timeOrderedId } from '../domain/ids.js'
import { UserNotFoundError } from '../errors.js'
import { argon2id } from '../passwords/argon2id.js'
import { processWarnings, unfailing } from '../ports/logger.js'
import type { UsersStorage } from '../ports/storage.js'
import { createAnnouncer } from './announcer.js'
import type { Core } from './core.js'
import { createTurns } from './in-turn.js'
import { madeOnce } from './made-once.js'
import { createPasswords } from './passwords.js'
import { patientTurn } from './patient-turn.js'
import { conflictReason, patientStorage, retried } from './retries.js'

/** What of the core does not come of the storage. */
type CoreParts = Omit<Core, 'storage' | 'commit' | 'commitAbout' | 'existingUser' | 'entry'>

export function createCore(options: Core['options']): Core {
  const logger = options.logger ? unfailing(options.logger) : processWarnings
  const now = options.now ?? (() => new Date())
  const inTurn = createTurns()
  const storage = patientStorage(options.storage)
  return coreOver(storage, {
    options,
    logger,
    inTurn,
    changing: (userId, attempt) => patientTurn(inTurn, userId, () => retried('stale-user', attempt)),
    now,
    newId: options.newId ?? (() => timeOrderedId(now())),
    passwords: createPasswords({
      hasher: options.passwords ?? argon2id(),
      hashing: options.hashing,
      storage,
      now,
      logger,
    }),
    tell: createAnnouncer(options.onEvent, logger),
  })
}

/** The core over another storage than its own. */
export function coreOver(storage: UsersStorage, parts: CoreParts): Core {
  const { now, newId, tell } = parts
  const commit: Core['commit'] = async (changes, { told, isMade } = {}) => {
    if (isMade) await madeOnce(() => storage.commit(changes), isMade)
    else await storage.commit(changes)
    for (const change of changes) if (change.op === 'appendActivity') tell(change.activity)
    if (told) tell(told)
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
        id: newId(),
        event,
        at,
        ...(userId !== undefined && { userId }),
        ...by,
        ...(details && { details }),
      }
    },
  }
}
