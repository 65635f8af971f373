/** @module The plugin for Fastify 5. */

export * from '../../src/http/index.js'
export { signedIn } from '../../src/http/require-user.js'
export type { FastifyInstance, FastifyReply, FastifyRequest } from './fastify-parts.js'
export { type FastifyUsersOptions, type FastifyUsersPlugin, fastifyUsers } from './fastify-users.js'
export { currentUser, type RequireUserOptions, requireUser } from './require-user.js'
