/**
 * The operations of the table `peers`: ours, and better-auth's in two ways: `api` as its documentation calls it, which
 * checks who asks on every call, and `adapter`, the layer below, which checks nothing.
 */
import { newPerson } from './operations.js'

const at = (list, i) => list[i % list.length]
const by = { by: { actor: 'admin', ip: '192.0.2.7', userAgent: 'curl/8.7.1' } }
const password = 'correct horse battery'
const newest = { sortBy: 'createdAt', sortDirection: 'desc' }
const newestFirst = { field: 'createdAt', direction: 'desc' }
const contains = (value) => [{ field: 'email', operator: 'contains', value }]

/** `people` are those of the cast; `cookieOf` makes the headers of a session. */
export function peerOperations({ users, auth, adapter, people, asAdmin, cookieOf, newSessions }) {
  const { api } = auth
  const steady = (i) => at(people.steady, i)
  const blocked = (i) => at(people.blocked, i >> 1)
  const signedOut = (i) => at(people.signedOut, i)
  const search = (name, term) => ({
    name,
    ours: () => users.listUsers({ search: term, order: 'newest-first', total: true }),
    api: () => api.listUsers({ query: { limit: 25, searchValue: term, ...newest }, headers: asAdmin }),
    async adapter() {
      await adapter.listUsers(25, 0, newestFirst, contains(term))
      await adapter.countTotalUsers(contains(term))
    },
  })
  return [
    {
      name: 'get a user',
      ours: (i) => users.getUser(steady(i).id),
      api: (i) => api.getUser({ query: { id: steady(i).id }, headers: asAdmin }),
      adapter: (i) => adapter.findUserById(steady(i).id),
    },
    {
      name: 'list the newest 25, with total',
      ours: () => users.listUsers({ order: 'newest-first', total: true }),
      api: () => api.listUsers({ query: { limit: 25, ...newest }, headers: asAdmin }),
      async adapter() {
        await adapter.listUsers(25, 0, newestFirst)
        await adapter.countTotalUsers()
      },
    },
    search('search, common term, with total', 'smith'),
    search('search, rare term, with total', 'quixotl'),
    {
      name: 'count',
      ours: () => users.listUsers({ limit: 0, total: true }),
      api: () => api.listUsers({ query: { limit: 1 }, headers: asAdmin }),
      adapter: () => adapter.countTotalUsers(),
    },
    {
      name: 'create a user',
      ours: (i) => users.createUser(newPerson(i, 'new'), by),
      api: (i) => api.createUser({ body: newPerson(i, 'api'), headers: asAdmin }),
    },
    {
      name: 'sign in',
      ours: (i) => users.signIn({ email: steady(i).email, password }, by),
      // It takes no address whose domain is not ASCII.
      api: (i) => api.signInEmail({ body: { email: steady(i).emailKey, password } }),
    },
    {
      name: 'verify a session',
      ours: (i) => users.verifyUserSession(steady(i).secret),
      api: (i) => api.getSession({ headers: cookieOf(steady(i).secret) }),
      adapter: (i) => adapter.findSession(steady(i).secret),
    },
    {
      name: 'list sessions',
      ours: (i) => users.getUserSessions(signedOut(i).id),
      api: (i) => api.listUserSessions({ body: { userId: signedOut(i).id }, headers: asAdmin }),
      adapter: (i) => adapter.listSessions(signedOut(i).id),
    },
    {
      name: 'end one session',
      before: (from, count) => newSessions(signedOut, from, count, 1),
      ours: (i) => users.deleteUserSession(signedOut(i).id, `ours-${i}-0`, by),
      api: (i) => api.revokeUserSession({ body: { sessionToken: `api-${i}-0` }, headers: asAdmin }),
      adapter: (i) => adapter.deleteSession(`adapter-${i}-0`),
    },
    {
      name: 'end all sessions of a user, two',
      // So many that each has its own user.
      most: people.signedOut.length,
      before: (from, count) => newSessions(signedOut, from, count, 2),
      ours: (i) => users.deleteUserSessions(signedOut(i).id, by),
      api: (i) => api.revokeUserSessions({ body: { userId: signedOut(i).id }, headers: asAdmin }),
    },
    {
      name: 'block and unblock',
      ours: (i) => users.updateUserStatus(blocked(i).id, { status: i % 2 === 0 ? 'blocked' : 'active' }, by),
      api: (i) =>
        i % 2 === 0
          ? api.banUser({ body: { userId: blocked(i).id }, headers: asAdmin })
          : api.unbanUser({ body: { userId: blocked(i).id }, headers: asAdmin }),
    },
  ]
}
