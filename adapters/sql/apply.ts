import { StorageConflict } from '../../src/errors/index.js'
import type { Change } from '../../src/ports/storage.js'
import { deleteOfUser, type Statements, sqlKinds } from './kinds/index.js'
import { execute, selectOne, type Work } from './work.js'

const { users, sessions, tokens, activity, tombstones } = sqlKinds

/** Applies one change. The caller has begun a transaction, and rolls it back when this throws. */
export function* apply(statements: Statements, change: Change): Work<void> {
  switch (change.op) {
    case 'insertUser': {
      const { user } = change
      const isInserted = (yield* execute(statements.insertUser, users.toRow(user))) === 1
      const isThere = !isInserted && (yield* selectOne(statements.userVersion, user))
      // Last of all: before, a deletion that is just being committed would be missed.
      if (isThere || (yield* selectOne(statements.findTombstone, user))) throw new StorageConflict('id-taken')
      if (!isInserted) throw new StorageConflict('email-taken')
      return
    }
    case 'replaceUser': {
      const { user, expectedVersion } = change
      if ((yield* execute(statements.replaceUser, { expectedVersion, ...users.toRow(user) })) === 1) return
      const found = yield* selectOne<{ version: number }>(statements.userVersion, user)
      throw new StorageConflict(found?.version === expectedVersion ? 'email-taken' : 'stale-user')
    }
    case 'deleteUser': {
      const { userId, expectedVersion, tombstone } = change
      const found = yield* selectOne<{ version: number }>(statements.lockUser, { id: userId })
      if (found?.version !== expectedVersion) throw new StorageConflict('stale-user')
      yield* deleteOfUser(statements, userId)
      yield* execute(statements.deleteUser, { id: userId })
      yield* execute(statements.insertTombstone, tombstones.toRow(tombstone))
      return
    }
    case 'insertTombstone': {
      const { tombstone } = change
      const isInserted = (yield* execute(statements.insertTombstone, tombstones.toRow(tombstone))) === 1
      if (!isInserted || (yield* selectOne(statements.userVersion, tombstone))) throw new StorageConflict('id-taken')
      return
    }
    case 'insertSession': {
      const { session } = change
      if ((yield* execute(statements.insertSession, sessions.toRow(session))) === 1) return
      const found = yield* selectOne(statements.userVersion, { id: session.userId })
      throw new StorageConflict(found ? 'id-taken' : 'missing-user')
    }
    case 'touchSession':
      yield* execute(statements.touchSession, { id: change.sessionId, usedAt: change.usedAt.getTime() })
      return
    case 'keepNewestSessions':
      yield* execute(statements.keepNewestSessions, change)
      return
    case 'deleteSession': {
      const { userId, sessionId } = change
      const deleted = yield* execute(statements.deleteSession, { id: sessionId, userId })
      if (deleted !== 1) throw new StorageConflict('missing-session')
      return
    }
    case 'deleteSessions':
      yield* execute(statements.deleteOfUser.sessions, { userId: change.userId })
      return
    case 'insertToken': {
      const { token } = change
      if ((yield* execute(statements.insertToken, tokens.toRow(token))) === 1) return
      const found = yield* selectOne(statements.userVersion, { id: token.userId })
      throw new StorageConflict(found ? 'id-taken' : 'missing-user')
    }
    case 'redeemToken':
      if ((yield* execute(statements.redeemToken, change)) !== 1) throw new StorageConflict('missing-token')
      return
    case 'deleteTokens':
      yield* execute(change.purpose === undefined ? statements.deleteOfUser.tokens : statements.deleteTokensFor, change)
      return
    case 'appendActivity': {
      const row = activity.toRow(change.activity)
      const append = row.user_id === null ? statements.appendActivityOfNobody : statements.appendActivity
      if ((yield* execute(append, row)) !== 1) throw new StorageConflict('missing-user')
      return
    }
    default:
      change satisfies never
  }
}
