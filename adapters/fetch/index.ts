/** @module The router for whatever answers a `Request` with a `Response`: Hono, Next, SvelteKit, Bun, Deno. */

export { type ApiKey, apiKeys, generateApiKey } from '../../src/http/api-keys.js'
export type { Authorization, Authorize, AuthorizeRequest } from '../../src/http/authorization.js'
export type { UsersHttpOptions } from '../../src/http/options.js'
export type { RateLimiter } from '../../src/http/rate-limit.js'
export type { CurrentUserOptions, SignedIn } from '../../src/http/require-user.js'
export type { Scope } from '../../src/http/scope.js'
export { UnexpectedError } from '../../src/http/unexpected-error.js'
export { type FetchHandler, type FetchUsersOptions, fetchUsers } from './fetch-users.js'
export { currentUser, type RequireUserOptions, requireUser } from './require-user.js'
