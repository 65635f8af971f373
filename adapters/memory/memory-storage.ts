import { copyOf } from '../../src/domain/copy-of.js'
import { ClosedError } from '../../src/errors/index.js'
import type { UsersStorage } from '../../src/ports/storage.js'
import { apply } from './apply.js'
import { createJournal } from './journal.js'
import { pageOfRows, pageOfWalk } from './page-of-rows.js'
import { noRows } from './rows.js'
import { createSweep } from './sweep-rows.js'
import { emptyTables, rowBy } from './tables.js'

/**
 * Keeps users in the memory of this process, with the promises of the other storages except that nothing outlives the
 * process.
 *
 * ```ts
 * const users = createUsersService({ storage: memoryStorage() })
 * ```
 */
export function memoryStorage(): UsersStorage {
  const tables = emptyTables()
  const { users, sessions, activity } = tables.of
  const sweep = createSweep(tables)
  let closed = false
  const open = () => {
    if (closed) throw new ClosedError()
  }
  return {
    async findUser(by) {
      open()
      const row = 'id' in by ? rowBy(users, 'id', by.id) : rowBy(users, 'emailKey', by.emailKey)
      return copyOf(row?.record)
    },
    async listUsers(query) {
      open()
      const { match } = query
      return pageOfRows(users.rows, query, match === undefined ? undefined : (user) => user.searchText.includes(match))
    },
    async findSession(secretHash) {
      open()
      const session = rowBy(sessions, 'secretHash', secretHash)?.record
      const user = session && rowBy(users, 'id', session.userId)?.record
      return user && copyOf({ session, user })
    },
    async listSessions(userId, range) {
      open()
      const { sessionEpoch, expiresAfter, usedAfter } = range
      return pageOfRows(
        sessions.ofUser.get(userId) ?? noRows(),
        { ...range, order: 'newest-first' },
        (session) =>
          session.sessionEpoch === sessionEpoch &&
          session.expiresAt > expiresAfter &&
          (usedAfter === undefined || session.usedAt > usedAfter),
      )
    },
    async listActivity(userId, range) {
      open()
      return pageOfRows(activity.ofUser.get(userId) ?? noRows(), { ...range, order: 'newest-first' })
    },
    async walk(kind, part) {
      open()
      return pageOfWalk(tables, kind, part)
    },
    async commit(changes) {
      open()
      // Synchronous on purpose: nothing else in the process can see or write a half of it.
      const journal = createJournal()
      try {
        for (const change of changes) apply(tables, journal, change)
      } catch (error) {
        journal.undo()
        throw error
      }
    },
    async sweep(request) {
      open()
      return sweep(request)
    },
    async close() {
      closed = true
    },
  }
}
