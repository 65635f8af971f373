/** @module The router for Koa 2 and 3. */

export { type ApiKey, apiKeys, generateApiKey } from '../../src/http/api-keys.js'
export type { Authorization, Authorize, AuthorizeRequest } from '../../src/http/authorization.js'
export type { UsersHttpOptions } from '../../src/http/options.js'
export type { RateLimiter } from '../../src/http/rate-limit.js'
export { type CurrentUserOptions, type SignedIn, signedIn } from '../../src/http/require-user.js'
export type { Scope } from '../../src/http/scope.js'
export { UnexpectedError } from '../../src/http/unexpected-error.js'
export type { KoaContext } from './koa-context.js'
export { type KoaUsersOptions, koaUsers } from './koa-users.js'
export { currentUser, type RequireUserOptions, requireUser } from './require-user.js'
