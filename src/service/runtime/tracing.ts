import { tracingChannel } from 'node:diagnostics_channel'
import { isId } from '../../domain/ids.js'
import type { UsersService } from '../users-service.js'
import { type Operation, wrapEach } from './middleware.js'

/**
 * The message of `tracingChannel('rollbook:operation')` about one call: the same object from `start` to `asyncEnd`. It
 * holds no secret, no personal data and no result.
 *
 * ```ts
 * tracingChannel<OperationTrace, OperationTrace>('rollbook:operation').asyncEnd.subscribe(console.log)
 * ```
 */
export interface OperationTrace {
  /** The name of the method, such as `createUser`. */
  readonly operation: string
  /** Present when the first argument of the operation is a user's id. */
  readonly userId?: string
  /** Why the operation was refused or failed. Absent until that is known, and when it succeeds. */
  readonly error?: unknown
}

const channel = tracingChannel<OperationTrace, OperationTrace>('rollbook:operation')

/** The operations whose first argument is a string. */
type TextFirst = {
  [Name in keyof UsersService]: Parameters<UsersService[Name]>[0] extends string ? Name : never
}[keyof UsersService]

// Where it is not a user's id, it may be a secret or an email.
const takesUserId = {
  getUser: true,
  findUserByEmail: false,
  getUserPrefs: true,
  getUserSessions: true,
  getUserLogs: true,
  updateUserStatus: true,
  updateUserPrefs: true,
  updateUserName: true,
  updateUserEmail: true,
  updateUserPassword: true,
  deleteUser: true,
  createUserSession: true,
  verifyUserSession: false,
  signOut: false,
  deleteUserSession: true,
  deleteUserSessions: true,
  recordUserActivity: true,
} satisfies Record<TextFirst, boolean>
const aboutUser = new Set(Object.entries(takesUserId).flatMap(([name, takes]) => (takes ? name : [])))

/** Publishes each call to the subscribers of the channel. Without a subscriber it costs one check. */
export function traced<Operations extends object>(operations: Operations): Operations {
  return wrapEach(operations, (operation, name) => (...args) => {
    return channel.hasSubscribers ? publish(name, operation, args) : operation(...args)
  })
}

async function publish(name: string, operation: Operation, args: never[]): Promise<unknown> {
  let result: unknown
  // Returns nothing itself: the channel would publish the result, which may be a secret.
  async function run(): Promise<void> {
    result = await operation(...args)
  }
  const userId = aboutUser.has(name) ? idOf(args[0]) : undefined
  await channel.tracePromise(run, { operation: name, ...(userId !== undefined && { userId }) })
  return result
}

/** A string that cannot be an id may be anything, and is not published. */
function idOf(value: unknown): string | undefined {
  return typeof value === 'string' && isId(value) ? value : undefined
}
