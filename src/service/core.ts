import type { CommittedActivity, HostEntry, ServiceEntry } from '../domain/activity.js'
import type { KnownCaller } from '../domain/caller.js'
import { type IdKind, isId, timeOrderedId } from '../domain/ids.js'
import type { UserRecord } from '../domain/user.js'
import { UserNotFoundError } from '../errors/index.js'
import { argon2id } from '../passwords/argon2id.js'
import { type Logger, processWarnings, unfailing } from '../ports/logger.js'
import type { Change, UsersStorage } from '../ports/storage.js'
import type { checkedServiceOptions } from './options.js'
import { createPasswordQueue, type PasswordQueue } from './password-queue.js'
import { checkedClock, checkedHasher, checkedIds, createEmitter } from './runtime/host-functions.js'
import { createKeyedMutex, type KeyedMutex, runWithinBudget } from './runtime/keyed-mutex.js'
import { commitIdempotently, conflictReason, retryingStorage, withRetry } from './runtime/retries.js'

/** What the operations share. */
export interface Core {
  readonly options: ReturnType<typeof checkedServiceOptions>
  readonly storage: Omit<UsersStorage, 'commit'>
  readonly passwordQueue: PasswordQueue
  readonly logger: Logger
  /** Keyed by the user's id. */
  readonly userMutex: KeyedMutex
  /**
   * Runs a change of a user exclusively, and again from the start when another process changed the user meanwhile.
   *
   * @throws {WriteContentionError}
   */
  changeExclusively<T>(userId: string, attempt: () => Promise<T>): Promise<T>
  now(): Date
  newId(kind: IdKind): string
  /** Emits a committed entry to the host's listener. */
  emit(activity: CommittedActivity): void
  /** Applies all changes or none, then emits their entries. */
  commit(changes: readonly CoreChange[], more?: CommitParts): Promise<void>
  /**
   * Applies changes about a user that was not read before.
   *
   * @throws {UserNotFoundError}
   */
  commitAbout(userId: string, changes: readonly CoreChange[]): Promise<void>
  /** @throws {UserNotFoundError} */
  existingUser(userId: string): Promise<UserRecord>
  /** Creates the entry for something that happens now. */
  entry(what: ServiceEntry | HostEntry, by: KnownCaller): CommittedActivity
}

/** A change whose entry, if it has one, is of a form that listeners know. */
export type CoreChange =
  | Exclude<Change, { readonly op: 'appendActivity' }>
  | { readonly op: 'appendActivity'; readonly activity: CommittedActivity }

interface CommitParts {
  /** An entry that is emitted and not stored: that of a deletion, which leaves a tombstone instead. */
  readonly eventOnly?: CommittedActivity
  /** Returns whether the changes were made. When given, a commit with an unknown outcome is retried. */
  readonly wasApplied?: () => Promise<boolean>
}

/** What a core is made of. The rest follows from these parts and its storage. */
type CoreParts = Omit<Core, 'storage' | 'commit' | 'commitAbout' | 'existingUser' | 'entry'>

export function createCore(options: Core['options']): Core {
  const logger = options.logger ? unfailing(options.logger) : processWarnings
  const now = options.now ? checkedClock(options.now) : () => new Date()
  const userMutex = createKeyedMutex()
  const storage = retryingStorage(options.storage)
  return coreOver(storage, {
    options,
    logger,
    userMutex,
    changeExclusively: (userId, attempt) => runWithinBudget(userMutex, userId, () => withRetry('stale-user', attempt)),
    now,
    newId: options.newId ? checkedIds(options.newId) : () => timeOrderedId(now()),
    passwordQueue: createPasswordQueue({
      hasher: checkedHasher(options.passwords ?? argon2id()),
      hashing: options.hashing,
      storage,
      now,
      logger,
    }),
    emit: createEmitter(options.onEvent, logger),
  })
}

/** Creates a core over another storage, such as one inside a transaction. */
export function coreOver(storage: UsersStorage, parts: CoreParts): Core {
  const { now, newId, emit } = parts
  const commitMutex = createKeyedMutex()
  const commitNow: Core['commit'] = async (changes, { eventOnly, wasApplied } = {}) => {
    if (wasApplied) await commitIdempotently(() => storage.commit(changes), wasApplied)
    else await storage.commit(changes)
    for (const change of changes) if (change.op === 'appendActivity') emit(change.activity)
    if (eventOnly) emit(eventOnly)
  }
  // The entries of a user are committed one after another, so that the listener gets them in the order of the log:
  // concurrent commits do not show which one the storage applied first.
  const commit: Core['commit'] = (changes, parts) => {
    const userId = userOfEntry(changes, parts)
    if (userId === undefined) return commitNow(changes, parts)
    return runWithinBudget(commitMutex, userId, () => commitNow(changes, parts))
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
    entry(what, by) {
      const at = now()
      return { id: newId('activity'), at, ...what, ...by }
    },
  }
}

/** The user whose log a commit writes to. All entries of a commit are about one user. */
function userOfEntry(changes: readonly CoreChange[], { eventOnly }: CommitParts = {}): string | undefined {
  if (eventOnly) return eventOnly.userId
  for (const change of changes) if (change.op === 'appendActivity') return change.activity.userId
  return undefined
}
