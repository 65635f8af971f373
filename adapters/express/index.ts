/** @module The router for Express 4 and 5, and for plain `node:http`. */

export { type ApiKey, apiKeys, generateApiKey } from '../../src/http/api-keys.js'
export type { Authorization, Authorize, AuthorizeRequest } from '../../src/http/authorization.js'
export type { UsersHttpOptions } from '../../src/http/options.js'
export type { RateLimiter } from '../../src/http/rate-limit.js'
export { type CurrentUserOptions, type SignedIn, signedIn } from '../../src/http/require-user.js'
export type { Scope } from '../../src/http/scope.js'
export { UnexpectedError } from '../../src/http/unexpected-error.js'
export { type ExpressRequest, type ExpressUsersOptions, expressUsers } from './express-users.js'
export { currentUser, type RequireUserOptions, requireUser } from './require-user.js'
