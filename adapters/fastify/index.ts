/** @module The plugin for Fastify 5. */

export { type ApiKey, apiKeys, generateApiKey } from '../../src/http/api-keys.js'
export type { Authorization, Authorize, AuthorizeRequest } from '../../src/http/authorization.js'
export type { UsersHttpOptions } from '../../src/http/options.js'
export type { RateLimiter } from '../../src/http/rate-limit.js'
export { type CurrentUserOptions, type SignedIn, signedIn } from '../../src/http/require-user.js'
export type { Scope } from '../../src/http/scope.js'
export { UnexpectedError } from '../../src/http/unexpected-error.js'
export type { FastifyInstance, FastifyReply, FastifyRequest } from './fastify-parts.js'
export { type FastifyUsersOptions, type FastifyUsersPlugin, fastifyUsers } from './fastify-users.js'
export { currentUser, type RequireUserOptions, requireUser } from './require-user.js'
