import * as v from 'valibot'
import { isSignal } from '../domain/abort.js'
import type { Activity, ServiceEvent } from '../domain/activity.js'
import { callerSchema, type KnownCaller } from '../domain/caller.js'
import type { IdKind } from '../domain/ids.js'
import { checked, invalid, missing } from '../domain/input.js'
import type { JsonObject } from '../domain/json.js'
import type { UserRecord } from '../domain/user.js'
import type { Logger } from '../ports/logger.js'
import type { Change, UsersStorage } from '../ports/storage.js'
import type { checkedServiceOptions } from './options.js'
import type { Passwords } from './passwords.js'
import type { KeyedMutex } from './runtime/keyed-mutex.js'
import type { CallOptions } from './users-service.js'

/** What the operations share. */
export interface Core {
  readonly options: ReturnType<typeof checkedServiceOptions>
  readonly storage: Omit<UsersStorage, 'commit'>
  readonly passwords: Passwords
  readonly logger: Logger
  readonly inTurn: KeyedMutex
  /**
   * Runs a change of a user, in turn, and again from the start when somebody else changed the user meanwhile.
   *
   * @throws {WriteContentionError}
   */
  changing<T>(userId: string, attempt: () => Promise<T>): Promise<T>
  now(): Date
  newId(kind: IdKind): string
  /** Hands a committed entry to the host's listener. */
  tell(activity: Activity): void
  /** Applies all changes or none, then tells the listener of their entries. */
  commit(changes: readonly Change[], more?: CommitParts): Promise<void>
  /**
   * Applies changes about a user that was not read in this turn.
   *
   * @throws {UserNotFoundError}
   */
  commitAbout(userId: string, changes: readonly Change[]): Promise<void>
  /** @throws {UserNotFoundError} */
  existingUser(userId: string): Promise<UserRecord>
  /** Creates the entry for something that happens now. */
  entry(event: ServiceEvent | (string & {}), what: EntryParts): Activity
}

export interface CommitParts {
  /** An entry that is told only: that of a deletion, which leaves a tombstone instead. */
  readonly told?: Activity
  /** Returns whether the changes were made: with it they are tried again when that is not known. */
  readonly wasApplied?: () => Promise<boolean>
}

export interface EntryParts {
  readonly by: KnownCaller
  readonly userId?: string
  readonly details?: JsonObject
}

/** The last argument of an operation, checked. */
export interface Call {
  readonly by: KnownCaller
  readonly signal?: AbortSignal
}

/** A signal, also of another realm or a polyfill. */
export const signalSchema = v.custom<AbortSignal>(isSignal, 'must be an AbortSignal')

const callSchema = v.strictObject({
  by: v.optional(callerSchema, {}),
  signal: v.optional(signalSchema),
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
