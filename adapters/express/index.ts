/** @module The router for Express 4 and 5, and for plain `node:http`. */

export * from '../../src/http/index.js'
export { signedIn } from '../../src/http/require-user.js'
export { type ExpressRequest, type ExpressUsersOptions, expressUsers } from './express-users.js'
export { currentUser, type RequireUserOptions, requireUser } from './require-user.js'
