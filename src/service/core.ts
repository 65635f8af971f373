import * as v from 'valibot'
import type { Activity, ServiceEvent } from '../domain/activity.js'
import { type Caller, callerSchema } from '../domain/caller.js'
import { isId, timeOrderedId } from '../domain/ids.js'
import { checked, invalid, missing } from '../domain/input.js'
import type { JsonObject } from '../domain/json.js'
import type { UserRecord } from '../domain/user.js'
import { UserNotFoundError } from '../errors.js'
import { argon2id } from '../passwords/argon2id.js'
import { type Logger, processWarnings } from '../ports/logger.js'
import type { Change, UsersStorage } from '../ports/storage.js'
import { createAnnouncer } from './announcer.js'
import { createTurns, type InTurn } from './in-turn.js'
import type { checkedOptions } from './options.js'
import { createPasswords, type Passwords } from './passwords.js'
import { conflictReason, patientStorage } from './retries.js'
import type { CallOptions } from './users-service.js'

/** What the operations share. */
export interface Core {
  readonly options: ReturnType<typeof checkedOptions>
  readonly storage: Omit<UsersStorage, 'commit'>
  readonly passwords: Passwords
  readonly logger: Logger
  readonly inTurn: InTurn
  now(): Date
  newId(): string
  /**
   * Applies all changes or none, then tells the listener of their entries. `told` is an entry that is told only: that
   * of a deletion, which leaves a tombstone instead.
   */
  commit(changes: readonly Change[], told?: Activity): Promise<void>
  /**
   * Applies changes about a user that was not read in this turn.
   *
   * @throws {UserNotFoundError}
   */
  commitAbout(userId: string, changes: readonly Change[]): Promise<void>
  /** @throws {UserNotFoundError} */
  existingUser(userId: string): Promise<UserRecord>
  /** Makes the entry for something that happens now. */
  entry(event: ServiceEvent | (string & {}), what: EntryParts): Activity
}

export interface EntryParts {
  readonly by: Caller
  readonly userId?: string
  readonly details?: JsonObject
}

/** The last argument of an operation, checked. */
export interface Call {
  readonly by: Caller
  readonly signal?: AbortSignal
}

export function createCore(options: Core['options']): Core {
  const storage = patientStorage(options.storage)
  const logger = options.logger ?? processWarnings
  const announce = createAnnouncer(options.onEvent, logger)
  const now = options.now ?? (() => new Date())
  const newId = options.newId ?? (() => timeOrderedId(now()))
  async function commit(changes: readonly Change[], told?: Activity): Promise<void> {
    await storage.commit(changes)
    for (const change of changes) if (change.op === 'appendActivity') announce(change.activity)
    if (told) announce(told)
  }
  return {
    options,
    storage,
    logger,
    now,
    newId,
    passwords: createPasswords(options.passwords ?? argon2id(), options.hashing),
    inTurn: createTurns(),
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

const callSchema = v.strictObject({
  by: v.optional(callerSchema, {}),
  signal: v.optional(v.instance(AbortSignal, 'must be an AbortSignal')),
})
const noCall: Call = { by: {} }

/**
 * Checks the last argument of an operation.
 *
 * @throws {InvalidInputError}
 * @throws the signal's reason, when it is aborted already.
 */
export function checkedCall(options: CallOptions | undefined): Call {
  if (options === undefined) return noCall
  const { by, signal } = checked(callSchema, options)
  signal?.throwIfAborted()
  return { by, ...(signal && { signal }) }
}

/** @throws {InvalidInputError} when a positional id is no string. */
export function checkedText(name: string, value: unknown): string {
  if (typeof value === 'string') return value
  throw value === undefined ? missing(name) : invalid(name, 'must be a string')
}
