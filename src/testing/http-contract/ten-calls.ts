import type { ClassicOperation } from '../../http/dialects/classic/routes.js'
import type { Scope } from '../../http/scope.js'

/** One of the ten operations, as a request that succeeds. */
export interface ClassicCall {
  readonly operation: ClassicOperation
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly scope: Scope
  readonly json?: unknown
}

/** The ten operations, as requests about one user. The ids are not encoded in the paths. */
export function tenCalls(userId: string, sessionId: string, email = 'new@example.com'): readonly ClassicCall[] {
  const user = `/users/${userId}`
  const read = { method: 'GET', scope: 'users.read' } as const
  const patch = { method: 'PATCH', scope: 'users.write' } as const
  const remove = { method: 'DELETE', scope: 'users.write' } as const
  return [
    { operation: 'listUsers', path: '/users', ...read },
    { operation: 'getUser', path: user, ...read },
    { operation: 'getUserPrefs', path: `${user}/prefs`, ...read },
    { operation: 'getUserSessions', path: `${user}/sessions`, ...read },
    { operation: 'getUserLogs', path: `${user}/logs`, ...read },
    {
      operation: 'createUser',
      method: 'POST',
      path: '/users',
      scope: 'users.write',
      json: { email, password: 'correct horse', name: 'New' },
    },
    { operation: 'updateUserPrefs', path: `${user}/prefs`, ...patch, json: { prefs: { theme: 'dark' } } },
    { operation: 'updateUserStatus', path: `${user}/status`, ...patch, json: { status: 1 } },
    { operation: 'deleteUserSession', path: `${user}/sessions/${sessionId}`, ...remove },
    { operation: 'deleteUserSessions', path: `${user}/sessions`, ...remove },
  ]
}

/** Those of the ten operations that are about one user. */
export function callsOnUser(userId: string, sessionId: string): readonly ClassicCall[] {
  return tenCalls(userId, sessionId).filter(({ path }) => path !== '/users')
}
