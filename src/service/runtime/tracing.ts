import { tracingChannel } from 'node:diagnostics_channel'
import { isId } from '../../domain/ids.js'
import { type Operation, wrapped } from './wrapped.js'

/**
 * What `tracingChannel('rollbook:operation')` tells of one call: the same object from `start` to `asyncEnd`. There is no
 * secret and no personal data in it, and never a result.
 *
 * ```ts
 * tracingChannel<OperationTrace, OperationTrace>('rollbook:operation').asyncEnd.subscribe(console.log)
 * ```
 */
export interface OperationTrace {
  /** The name of the method, such as `createUser`. */
  readonly operation: string
  /** Of operations whose first argument it is. */
  readonly userId?: string
  /** Why the operation was refused or failed. Absent before that is known, and when it succeeds. */
  readonly error?: unknown
}

const channel = tracingChannel<OperationTrace, OperationTrace>('rollbook:operation')

// Of the others the first argument may be a secret or an email.
const aboutUser = new Set([
  ...['getUser', 'getUserPrefs', 'getUserSessions', 'getUserLogs', 'recordUserActivity', 'deleteUser'],
  ...['updateUserStatus', 'updateUserPrefs', 'updateUserName', 'updateUserEmail', 'updateUserPassword'],
  ...['createUserSession', 'deleteUserSession', 'deleteUserSessions'],
])

/** Publishes each call to whoever has subscribed. Without a subscriber it costs one look at the channel. */
export function traced<Operations extends object>(operations: Operations): Operations {
  return wrapped(operations, (operation, name) => (...args) => {
    return channel.hasSubscribers ? told(name, operation, args) : operation(...args)
  })
}

async function told(name: string, operation: Operation, args: never[]): Promise<unknown> {
  let answer: unknown
  // Not what it answers itself: the channel would tell of that, and it may be a secret.
  async function run(): Promise<void> {
    answer = await operation(...args)
  }
  const userId = aboutUser.has(name) ? idOf(args[0]) : undefined
  await channel.tracePromise(run, { operation: name, ...(userId !== undefined && { userId }) })
  return answer
}

/** A text that is no id may be anything, and is not told. */
function idOf(value: unknown): string | undefined {
  return typeof value === 'string' && isId(value) ? value : undefined
}
