import { ClosedError } from '../../src/errors/index.js'
import type { Change, CloseOptions, UsersStorage } from '../../src/ports/storage.js'
import { apply } from '../sql/apply.js'
import type { SqlDialect } from '../sql/dialect.js'
import { findSession, findUser, listActivity, listSessions } from '../sql/reads.js'
import { createStatements } from '../sql/statements.js'
import { sweep } from '../sql/sweep.js'
import { listAllActivity, listAllSessions, listTombstones } from '../sql/walks.js'
import type { Work } from '../sql/work.js'
import { conflictOf } from './conflict-of.js'
import type { Access } from './connection/access.js'
import { runOn } from './connection/connection.js'
import { fromDriver } from './connection/driver-error.js'
import { createLists } from './search/list-users.js'

/** Compiles the statements, once for every way to the database. `prefix` is that of the tables. */
export function createStorageOver(dialect: SqlDialect, prefix: string) {
  const statements = createStatements(dialect)
  const listUsers = createLists(dialect)

  /** `ready` is awaited before the first use, and again until it has succeeded; `end` closes what is ours. */
  return function storageOver(
    access: Access,
    ready: () => Promise<void>,
    end: (options?: CloseOptions) => Promise<void> = async () => {},
  ): UsersStorage {
    let isReady = false
    let isClosed = false
    async function using<T>(work: () => Promise<T>): Promise<T> {
      try {
        if (isClosed) throw new ClosedError()
        if (!isReady) await ready()
        isReady = true
        return await work()
      } catch (error) {
        throw fromDriver(conflictOf(error, prefix))
      }
    }
    // Made anew for each try: work that has begun cannot be done again.
    const reading = <T>(work: () => Work<T>) => using(() => access.read((connection) => runOn(connection, work())))

    async function commit(changes: readonly Change[]): Promise<void> {
      if (changes.length === 0) return
      // The rows of a user may be a million.
      const patience = changes.some(({ op }) => op === 'deleteUser') ? 'long' : 'ordinary'
      await using(() =>
        access.write(async (connection) => {
          for (const change of changes) await runOn(connection, apply(statements, change))
        }, patience),
      )
    }

    return {
      findUser: (by) => reading(() => findUser(statements, by)),
      listUsers: (query) => reading(() => listUsers(query)),
      findSession: (secretHash) => reading(() => findSession(statements, secretHash)),
      listSessions: (userId, range) => reading(() => listSessions(statements, userId, range)),
      listActivity: (userId, range) => reading(() => listActivity(statements, userId, range)),
      listAllSessions: (walk) => reading(() => listAllSessions(statements, walk)),
      listAllActivity: (walk) => reading(() => listAllActivity(statements, walk)),
      listTombstones: (walk) => reading(() => listTombstones(statements, walk)),
      commit,
      // In one transaction: a step that is tried again must not forget what it has deleted.
      sweep: (request) =>
        using(() => access.write((connection) => runOn(connection, sweep(statements, request)), 'long')),
      close(options) {
        isClosed = true
        return end(options)
      },
    }
  }
}
