import { limits } from '../../../../domain/limits.js'
import type { OperationDoc } from '../../../openapi/description.js'
import type { ClassicOperation } from '../routes.js'
import { ada, adasLog, adasPrefs, adasSession, charles, grace, mallory, ofAda, ofAdasSession } from './examples.js'
import { schemaNamed } from './schemas.js'

// The only thing that can be wrong with a path: an id of the wrong form is just not found.
const wrongPath = { path: 'userId', message: 'must be percent-encoded UTF-8' }
const wrongLimit = {
  path: 'limit',
  message: `must be a whole number from 0 to ${limits.pageLimit}`,
}

/** An operation that is not described here does not compile. */
export const operationDocs: Readonly<Record<ClassicOperation, OperationDoc>> = {
  listUsers: {
    summary: 'List users',
    description: 'A page of all users, or of those whose name, email or id contains a text.',
    result: schemaNamed('UserList'),
    example: {
      request: { query: { search: 'babbage', limit: 25, offset: 0, orderType: 'ASC' } },
      result: { sum: 1, users: [charles] },
    },
    wrong: wrongLimit,
  },
  createUser: {
    summary: 'Create a user',
    description: 'The user is not activated yet.',
    result: schemaNamed('User'),
    example: {
      request: { body: { email: grace.email, password: 'a quiet lighthouse', name: grace.name } },
      result: { ...grace, roles: [] },
    },
    wrong: { path: 'email', message: 'must be an email address like name@example.com' },
  },
  getUser: {
    summary: 'Get a user',
    result: schemaNamed('User'),
    example: { request: { path: ofAda }, result: { ...ada, roles: [] } },
    wrong: wrongPath,
  },
  getUserPrefs: {
    summary: "Get a user's preferences",
    result: schemaNamed('Prefs'),
    example: { request: { path: ofAda }, result: adasPrefs },
    wrong: wrongPath,
  },
  getUserSessions: {
    summary: "List a user's sessions",
    description: 'The newest first, with the system, the browser, the device and the country that each came from.',
    result: { type: 'array', items: schemaNamed('Session'), maxItems: limits.pageLimit },
    example: { request: { path: ofAda }, result: [adasSession] },
    wrong: wrongPath,
  },
  getUserLogs: {
    summary: "List a user's activity",
    description: 'The newest first.',
    result: { type: 'array', items: schemaNamed('LogEntry'), maxItems: limits.pageLimit },
    example: { request: { path: ofAda, query: { limit: 25, offset: 0 } }, result: adasLog },
    wrong: wrongLimit,
  },
  updateUserStatus: {
    summary: "Set a user's status",
    description: 'Any other status than active ends all sessions of the user at once.',
    result: schemaNamed('User'),
    example: {
      request: { path: { userId: mallory.$id }, body: { status: 2 } },
      result: { ...mallory, status: 2, roles: [] },
    },
    wrong: { path: 'status', message: 'must be one of (0, 1, 2)' },
  },
  updateUserPrefs: {
    summary: "Merge into a user's preferences",
    description: 'Settings that are not named stay as they are. The answer has all of them.',
    result: schemaNamed('Prefs'),
    example: {
      request: { path: ofAda, body: { prefs: { theme: 'dark', newsletter: true, language: null } } },
      result: { theme: 'dark', newsletter: true },
    },
    wrong: { path: 'prefs', message: 'must be a valid object' },
  },
  deleteUserSession: {
    summary: 'End a session',
    description: 'What it opened stays closed from the next request on.',
    result: schemaNamed('Success'),
    example: { request: { path: ofAdasSession }, result: { result: 'success' } },
    wrong: wrongPath,
  },
  deleteUserSessions: {
    summary: 'End all sessions of a user',
    result: schemaNamed('Success'),
    example: { request: { path: ofAda }, result: { result: 'success' } },
    wrong: wrongPath,
  },
}
