import {
  ClosedError,
  InvalidOptionsError,
  NotMigratedError,
  StorageConflict,
  StorageFailedError,
  type StorageFailureReason,
  StorageOpenError,
  UsersError,
} from '../../../src/errors/index.js'
import { conflictOfConstraint } from '../../sql/kinds/index.js'

// By the start of the SQLSTATE, or of the message where the driver gives none.
const reasons: readonly (readonly [start: string, reason: StorageFailureReason])[] = [
  ['53100', 'full'],
  ['25006', 'read-only'],
  ['XX001', 'corrupt'],
  ['XX002', 'corrupt'],
  // From tables of the host that refer to ours. A violated constraint of ours is a conflict.
  ['23503', 'referenced'],
  ['23001', 'referenced'],
  ['55P03', 'timeout'],
  ['57014', 'timeout'],
  ['Query read timeout', 'timeout'],
  ['53300', 'no-connection'],
  ['timeout exceeded when trying to connect', 'no-connection'],
  ['timeout expired', 'unreachable'],
  ['08', 'unreachable'],
  ['57P', 'unreachable'],
  ['25P03', 'unreachable'],
  ['Connection terminated', 'unreachable'],
  ['Client has encountered a connection error', 'unreachable'],
]
// Where the usual message is about a file.
const ownWords: Readonly<Partial<Record<StorageFailureReason, string>>> = {
  'read-only': 'the server takes no writes, because it is a standby or read-only: connect to the primary',
  corrupt: 'the server has found damaged data: restore the database from a backup',
}
const cures: readonly (readonly [start: string, cure: string])[] = [
  ['28', 'the server rejects the user or the password: correct them in the connection string or the pool'],
  ['3D000', 'the server has no database of this name: create it, or correct the name'],
  ['42501', "the database user lacks a right: grant it the right that the driver's error names"],
]

/** Turns what `pg` throws into our errors. */
export function fromDriver(error: unknown): unknown {
  if (UsersError.is(error)) return error
  const state = sqlState(error)
  const message = messageOf(error)
  const options = { cause: withoutRows(error) }
  if (state === '40001' || state === '40P01') return new StorageConflict('busy', options)
  if (state === '42P01' || state === '3F000') return new NotMigratedError(options)
  if (state === '25001') return insideTransaction()
  if (state === '25P01') return new InvalidOptionsError('no transaction is open on this connection: begin one first')
  if (message.startsWith('Cannot use a pool after calling end')) return new ClosedError()
  const cure = cures.find(([start]) => state?.startsWith(start))?.[1]
  if (cure !== undefined) return new StorageOpenError(cure, options)
  const reason = reasons.find(([start]) => (state ?? message).startsWith(start))?.[1]
  return failed(reason ?? (isOfNetwork(error) ? 'unreachable' : 'unknown'), error)
}

/** Creates a failure, in words that fit a server. */
export function failed(reason: StorageFailureReason, error: unknown): StorageFailedError {
  const message = ownWords[reason]
  return new StorageFailedError(reason, { cause: withoutRows(error), ...(message !== undefined && { message }) })
}

/** The error for a pool that hands out connections inside an open transaction. */
export function insideTransaction(): InvalidOptionsError {
  return new InvalidOptionsError(
    'postgresStorage: the pool has handed out a client inside an open transaction: end transactions before you release a client',
  )
}

/** Works on errors of another realm too: under Jest, Node's own modules throw those. */
function messageOf(error: unknown): string {
  const message: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'message') : undefined
  return typeof message === 'string' ? message : ''
}

/** Returns the SQLSTATE of an error that the server sent, or `undefined` for any other error. */
export function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('severity' in error)) return undefined
  const state = Reflect.get(error, 'code')
  return typeof state === 'string' ? state : undefined
}

/**
 * Turns a violated constraint into the conflict that it stands for: another commit came between the statement's look and
 * its write. Returns any other error as it is.
 */
export function conflictOf(error: unknown, prefix: string): unknown {
  const violated = violatedConstraint(error)
  const reason = violated.startsWith(prefix) ? conflictOfConstraint(violated.slice(prefix.length)) : undefined
  // Without a cause, which would hold nothing but the row.
  return reason ? new StorageConflict(reason) : error
}

/** Returns the name of the constraint that an error is about, or `''`. */
function violatedConstraint(error: unknown): string {
  const name = sqlState(error)?.startsWith('23') ? Reflect.get(error as object, 'constraint') : undefined
  return typeof name === 'string' ? name : ''
}

// An open transaction, an aborted one, a server that takes no writes.
const stale = ['25001', '25P02', '25006']
const ofPreparedNames = ['26000', '42P05']

/**
 * Returns whether an error comes from what happened on a connection, or to its server, before. Another connection may work;
 * this one never will.
 */
export function isStale(error: unknown): boolean {
  const state = sqlState(error) ?? ''
  return stale.includes(state) || isOfPreparedName(error) || hasOldPlan(error)
}

/** Returns whether the name of a prepared statement was unknown or taken. */
export function isOfPreparedName(error: unknown): boolean {
  return ofPreparedNames.includes(sqlState(error) ?? '')
}

/** Returns whether a prepared statement became invalid because a table was altered. */
function hasOldPlan(error: unknown): boolean {
  return sqlState(error) === '0A000' && Reflect.get(error as object, 'routine') === 'RevalidateCachedQuery'
}

/** Returns whether a connection is gone, so that no reply came to what was sent. */
export function isGone(error: unknown): boolean {
  const refusal = isLost(error) ? fromDriver(error) : undefined
  return refusal instanceof StorageFailedError && refusal.reason === 'unreachable'
}

/** Returns whether a connection cannot be used after this error. */
export function isLost(error: unknown): boolean {
  if (UsersError.is(error)) return error.code === 'commit-outcome-unknown'
  const state = sqlState(error)
  return state === undefined || /^(08|57P|25P03|53300)/.test(state)
}

/** Returns whether a commit that ended with this error may have succeeded. */
export function leavesOutcomeUnknown(error: unknown): boolean {
  return isLost(error) || sqlState(error) === '40003'
}

/** Returns whether Node itself reports the error: `ECONNREFUSED` and the like, or several of them. */
function isOfNetwork(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && ('syscall' in error || 'errors' in error)
}

// Any other field may contain the values of a row.
const harmless = ['code', 'severity', 'schema', 'table', 'column', 'constraint', 'routine'] as const

/** Returns the driver's error without the fields that may contain values of a row. */
export function withoutRows(error: unknown): unknown {
  if (sqlState(error) === undefined) return error
  const { name, message, stack } = error as Error
  const copy = new Error(message)
  const kept = harmless.map((field) => [field, Reflect.get(error as object, field)] as const)
  return Object.assign(copy, { name, stack }, Object.fromEntries(kept.filter(([, value]) => value !== undefined)))
}
