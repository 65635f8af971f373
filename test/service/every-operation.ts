import type { CallOptions, UsersService } from '../../src/index.js'

export const ada = { email: 'ada@example.com', password: 'correct horse' }

type Run = (users: UsersService, options?: CallOptions) => Promise<unknown>

/** A call of each operation of the service, which works when there is a user `ada`, or when it is refused in the core. */
export const everyOperation: Readonly<Record<string, Run>> = {
  listUsers: (users, options) => users.listUsers({}, options),
  iterateUsers: async (users, options) => users.iterateUsers({}, options).next(),
  getUser: (users, options) => users.getUser('ada', options),
  findUserByEmail: (users, options) => users.findUserByEmail(ada.email, options),
  getUserPrefs: (users, options) => users.getUserPrefs('ada', options),
  getUserSessions: (users, options) => users.getUserSessions('ada', {}, options),
  getUserLogs: (users, options) => users.getUserLogs('ada', {}, options),
  createUser: (users, options) => users.createUser({ email: 'b@example.com', password: 'battery staple' }, options),
  updateUserStatus: (users, options) => users.updateUserStatus('ada', { status: 'blocked' }, options),
  updateUserPrefs: (users, options) => users.updateUserPrefs('ada', { prefs: { a: 1 } }, options),
  updateUserName: (users, options) => users.updateUserName('ada', { name: 'Ada' }, options),
  updateUserEmail: (users, options) => users.updateUserEmail('ada', { email: 'b@example.com' }, options),
  updateUserPassword: (users, options) => users.updateUserPassword('ada', { password: 'battery staple' }, options),
  deleteUser: (users, options) => users.deleteUser('ada', options),
  createUserSession: (users, options) => users.createUserSession('ada', options),
  verifyUserSession: (users, options) => users.verifyUserSession('A'.repeat(43), options),
  signOut: (users, options) => users.signOut('A'.repeat(43), options),
  deleteUserSession: (users, options) => users.deleteUserSession('ada', 'x', options),
  deleteUserSessions: (users, options) => users.deleteUserSessions('ada', options),
  verifyUserPassword: (users, options) => users.verifyUserPassword(ada, options),
  signIn: (users, options) => users.signIn(ada, options),
  recordUserActivity: (users, options) => users.recordUserActivity('ada', { event: 'x' }, options),
  sweep: (users, options) => users.sweep({}, options),
}
