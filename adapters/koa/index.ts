/** @module The router for Koa 2 and 3. */

export * from '../../src/http/index.js'
export { signedIn } from '../../src/http/require-user.js'
export { type KoaContext, type KoaUsersOptions, koaUsers } from './koa-users.js'
export { currentUser, type RequireUserOptions, requireUser } from './require-user.js'
