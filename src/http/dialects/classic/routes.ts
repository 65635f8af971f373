import { limits } from '../../../domain/limits.js'
import type { Routes } from '../../dialect.js'
import { route } from '../../route.js'
import { createUserInput, listUsersInput, prefsInput, rangeInput, statusInput } from './input.js'
import { logsOutput, sessionsOutput, successOutput, userListOutput, userOutput } from './output.js'

const read = { method: 'GET', scope: 'users.read', status: 200 } as const
const patch = { method: 'PATCH', scope: 'users.write', status: 200 } as const
const remove = { method: 'DELETE', scope: 'users.write', status: 200, isLimited: true } as const

const placeholder = ':session'

/** The ten operations of Appwrite's Users API in its versions 0.3 to 0.6. */
export const classicRoutes = {
  listUsers: route({
    ...read,
    path: '/users',
    query: ['search', 'limit', 'offset', 'orderType'],
    input: ({ query }) => listUsersInput(query),
    run: (users, query, options) => users.listUsers(query, options),
    output: userListOutput,
  }),
  createUser: route({
    method: 'POST',
    path: '/users',
    scope: 'users.write',
    body: ['email', 'password', 'name'],
    status: 201,
    input: ({ body }) => createUserInput(body),
    run: (users, user, options) => users.createUser(user, options),
    output: userOutput,
  }),
  getUser: route({
    ...read,
    path: '/users/{userId}',
    input: ({ params }) => params,
    run: (users, { userId }, options) => users.getUser(userId, options),
    output: userOutput,
  }),
  getUserPrefs: route({
    ...read,
    path: '/users/{userId}/prefs',
    input: ({ params }) => params,
    run: (users, { userId }, options) => users.getUserPrefs(userId, options),
    output: (prefs) => prefs,
  }),
  getUserSessions: route({
    ...read,
    path: '/users/{userId}/sessions',
    input: ({ params }) => params,
    // This API has no pages of sessions. Unless the host allows more, a page holds all that a user can have.
    run: (users, { userId }, options) => users.getUserSessions(userId, { limit: limits.pageLimit }, options),
    output: sessionsOutput,
  }),
  getUserLogs: route({
    ...read,
    path: '/users/{userId}/logs',
    query: ['limit', 'offset'],
    input: ({ params, query }) => ({ ...params, range: rangeInput(query) }),
    run: (users, { userId, range }, options) => users.getUserLogs(userId, range, options),
    output: logsOutput,
  }),
  updateUserStatus: route({
    ...patch,
    path: '/users/{userId}/status',
    body: ['status'],
    input: ({ params, body }) => ({ ...params, change: statusInput(body) }),
    run: (users, { userId, change }, options) => users.updateUserStatus(userId, change, options),
    output: userOutput,
  }),
  updateUserPrefs: route({
    ...patch,
    path: '/users/{userId}/prefs',
    body: ['prefs'],
    input: ({ params, body }) => ({ ...params, change: prefsInput(body) }),
    run: (users, { userId, change }, options) => users.updateUserPrefs(userId, change, options),
    output: (prefs) => prefs,
  }),
  deleteUserSession: route({
    ...remove,
    path: '/users/{userId}/sessions/{sessionId}',
    body: ['sessionId'],
    // Appwrite's first SDK sends its own placeholder in the path, and the id in the body.
    readsBody: ({ sessionId }) => sessionId === placeholder,
    input: ({ params: { userId, sessionId }, body }) => {
      const sent = sessionId === placeholder ? body.get('sessionId') : sessionId
      return { userId, sessionId: typeof sent === 'string' ? sent : '' }
    },
    run: (users, { userId, sessionId }, options) => users.deleteUserSession(userId, sessionId, options),
    output: successOutput,
  }),
  deleteUserSessions: route({
    ...remove,
    path: '/users/{userId}/sessions',
    input: ({ params }) => params,
    run: (users, { userId }, options) => users.deleteUserSessions(userId, options),
    output: successOutput,
  }),
} satisfies Routes

/** The name of one of these operations. */
export type ClassicOperation = keyof typeof classicRoutes
