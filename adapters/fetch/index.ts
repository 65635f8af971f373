/** @module The router for whatever answers a `Request` with a `Response`: Hono, Next, SvelteKit, Bun, Deno. */

export * from '../../src/http/index.js'
export { type FetchHandler, type FetchUsersOptions, fetchUsers } from './fetch-users.js'
export { currentUser, type RequireUserOptions, requireUser } from './require-user.js'
