import { StorageConflict } from '../../src/errors/index.js'
import type { Change } from '../../src/ports/storage.js'
import { toActivityRow, toSessionRow, toTombstoneRow, toUserRow } from './records.js'
import type { Statements } from './statements.js'
import { get, run, type Work } from './work.js'

/** Applies one change. The caller has begun a transaction, and rolls it back when this throws. */
export function* apply(statements: Statements, change: Change): Work<void> {
  switch (change.op) {
    case 'insertUser': {
      const { user } = change
      const isInserted = (yield* run(statements.insertUser, toUserRow(user))) === 1
      const isThere = !isInserted && (yield* get(statements.userVersion, user))
      // Last of all: before, a deletion that is just being committed would be missed.
      if (isThere || (yield* get(statements.findTombstone, user))) throw new StorageConflict('id-taken')
      if (!isInserted) throw new StorageConflict('email-taken')
      return
    }
    case 'replaceUser': {
      const { user, expectedVersion } = change
      if ((yield* run(statements.replaceUser, { expectedVersion, ...toUserRow(user) })) === 1) return
      const found = yield* get<{ version: number }>(statements.userVersion, user)
      throw new StorageConflict(found?.version === expectedVersion ? 'email-taken' : 'stale-user')
    }
    case 'deleteUser': {
      const { userId, expectedVersion, tombstone } = change
      const found = yield* get<{ version: number }>(statements.lockUser, { id: userId })
      if (found?.version !== expectedVersion) throw new StorageConflict('stale-user')
      yield* run(statements.deleteSessions, { userId })
      yield* run(statements.deleteActivity, { userId })
      yield* run(statements.deleteUser, { id: userId })
      yield* run(statements.insertTombstone, toTombstoneRow(tombstone))
      return
    }
    case 'insertTombstone': {
      const { tombstone } = change
      const isInserted = (yield* run(statements.insertTombstone, toTombstoneRow(tombstone))) === 1
      if (!isInserted || (yield* get(statements.userVersion, tombstone))) throw new StorageConflict('id-taken')
      return
    }
    case 'insertSession': {
      const { session } = change
      if ((yield* run(statements.insertSession, toSessionRow(session))) === 1) return
      const found = yield* get(statements.userVersion, { id: session.userId })
      throw new StorageConflict(found ? 'id-taken' : 'missing-user')
    }
    case 'touchSession':
      yield* run(statements.touchSession, { id: change.sessionId, usedAt: change.usedAt.getTime() })
      return
    case 'keepNewestSessions':
      yield* run(statements.keepNewestSessions, change)
      return
    case 'deleteSession': {
      const { userId, sessionId } = change
      const deleted = yield* run(statements.deleteSession, { id: sessionId, userId })
      if (deleted !== 1) throw new StorageConflict('missing-session')
      return
    }
    case 'deleteSessions':
      yield* run(statements.deleteSessions, { userId: change.userId })
      return
    case 'appendActivity': {
      const row = toActivityRow(change.activity)
      const append = row.user_id === null ? statements.appendActivityOfNobody : statements.appendActivity
      if ((yield* run(append, row)) !== 1) throw new StorageConflict('missing-user')
      return
    }
    default:
      change satisfies never
  }
}
