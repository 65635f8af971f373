/**
 * Every error that Rollbook throws: one class and one stable code per situation.
 * Messages may change between versions; codes may not.
 */

export * from './input-errors.js'
export * from './session-errors.js'
export * from './storage-errors.js'
export * from './transaction-errors.js'
export * from './user-errors.js'
export { type AnyUsersError, UsersError, type UsersErrorCode } from './users-error.js'
