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

// By the start of their SQLSTATE, and where the driver has none, of their message.
const reasons: readonly (readonly [start: string, reason: StorageFailureReason])[] = [
  ['53100', 'full'],
  ['25006', 'read-only'],
  ['XX001', 'corrupt'],
  ['XX002', 'corrupt'],
  // Of the host's own tables: what ours say is a conflict, and known as one before.
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
// Where the words of the reason speak of a file.
const ownWords: Readonly<Partial<Record<StorageFailureReason, string>>> = {
  'read-only': 'the server takes no writes, for it is a standby or set to read-only: connect to the primary',
  corrupt: 'the server has found damaged data: restore the database from a backup',
}
const cures: readonly (readonly [start: string, cure: string])[] = [
  ['28', 'the server refuses the user or the password: mend them in the connection string or the pool'],
  ['3D000', 'the server has no database of this name: create it, or mend the name'],
  ['42501', "the database user may not do what is needed: grant it the right, the driver's error says on what"],
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
  if (state === '25P01') return new InvalidOptionsError('no transaction is open on this connection: begin one before')
  if (message.startsWith('Cannot use a pool after calling end')) return new ClosedError()
  const cure = cures.find(([start]) => state?.startsWith(start))?.[1]
  if (cure !== undefined) return new StorageOpenError(cure, options)
  const reason = reasons.find(([start]) => (state ?? message).startsWith(start))?.[1]
  return failed(reason ?? (isOfNetwork(error) ? 'unreachable' : 'unknown'), error)
}

/** A failure in the words that fit a server. */
export function failed(reason: StorageFailureReason, error: unknown): StorageFailedError {
  const message = ownWords[reason]
  return new StorageFailedError(reason, { cause: withoutRows(error), ...(message !== undefined && { message }) })
}

/** A pool is to lend connections on which nothing is under way. */
export function insideTransaction(): InvalidOptionsError {
  return new InvalidOptionsError(
    'postgresStorage: the pool lends clients inside an open transaction: end it before you give a client back',
  )
}

/** Also of an error of another realm, as those of Node's own modules are under Jest. */
function messageOf(error: unknown): string {
  const message: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'message') : undefined
  return typeof message === 'string' ? message : ''
}

/** The SQLSTATE of an error that the server sent, or `undefined` for any other error. */
export function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('severity' in error)) return undefined
  const state = Reflect.get(error, 'code')
  return typeof state === 'string' ? state : undefined
}

/** The name of the constraint that an error of the server is about, or `''`. */
export function violatedConstraint(error: unknown): string {
  const name = sqlState(error)?.startsWith('23') ? Reflect.get(error as object, 'constraint') : undefined
  return typeof name === 'string' ? name : ''
}

// An open transaction, one that was aborted, a server that takes no writes.
const stale = ['25001', '25P02', '25006']
const ofPreparedNames = ['26000', '42P05']

/**
 * Returns whether an error comes from what was done on a connection, or to its server, before. Another connection may be
 * better, and this one never will be.
 */
export function isStale(error: unknown): boolean {
  const state = sqlState(error) ?? ''
  return stale.includes(state) || isOfPreparedName(error) || hasOldPlan(error)
}

/** Returns whether a statement was not prepared under its name, or another one was. */
export function isOfPreparedName(error: unknown): boolean {
  return ofPreparedNames.includes(sqlState(error) ?? '')
}

/** Of a prepared statement, since a table got another shape. */
function hasOldPlan(error: unknown): boolean {
  return sqlState(error) === '0A000' && Reflect.get(error as object, 'routine') === 'RevalidateCachedQuery'
}

/** Returns whether a connection is gone, so that nothing was heard of what was sent. */
export function isGone(error: unknown): boolean {
  const refusal = isLost(error) ? fromDriver(error) : undefined
  return refusal instanceof StorageFailedError && refusal.reason === 'unreachable'
}

/** Returns whether a connection is of no use after this error. */
export function isLost(error: unknown): boolean {
  if (UsersError.is(error)) return error.code === 'commit-outcome-unknown'
  const state = sqlState(error)
  return state === undefined || /^(08|57P|25P03|53300)/.test(state)
}

/** Returns whether a commit that ended with this error may still have been done. */
export function leavesOutcomeUnknown(error: unknown): boolean {
  return isLost(error) || sqlState(error) === '40003'
}

/** Node's own: `ECONNREFUSED` and the like, or several of them. */
function isOfNetwork(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && ('syscall' in error || 'errors' in error)
}

// What else the server says may be the values of a row.
const harmless = ['code', 'severity', 'schema', 'table', 'column', 'constraint', 'routine'] as const

/** The driver's error without the values that the server may have put into it. */
export function withoutRows(error: unknown): unknown {
  if (sqlState(error) === undefined) return error
  const { name, message, stack } = error as Error
  const told = new Error(message)
  const kept = harmless.map((field) => [field, Reflect.get(error as object, field)] as const)
  return Object.assign(told, { name, stack }, Object.fromEntries(kept.filter(([, value]) => value !== undefined)))
}
