import { StorageConflict } from '../../src/errors.js'
import type { Change } from '../../src/ports/storage.js'
import { toActivityRow, toSessionRow, toUserRow } from '../sql/records.js'
import type { Statements } from '../sql/statements.js'
import type { Runner } from './runner.js'

/** Applies one change. The caller has begun a transaction, and rolls it back when this throws. */
export function apply({ get, run }: Runner, statements: Statements, change: Change): void {
  switch (change.op) {
    case 'insertUser': {
      const { user } = change
      if (get(statements.findTombstone, user)) throw new StorageConflict('id-taken')
      if (run(statements.insertUser, toUserRow(user)) === 1) return
      throw new StorageConflict(get(statements.userVersion, user) ? 'id-taken' : 'email-taken')
    }
    case 'replaceUser': {
      const { user, expectedVersion } = change
      if (run(statements.replaceUser, { expectedVersion, ...toUserRow(user) }) === 1) return
      const found = get<{ version: number }>(statements.userVersion, user)
      throw new StorageConflict(found?.version === expectedVersion ? 'email-taken' : 'stale-user')
    }
    case 'deleteUser': {
      const { userId, expectedVersion, tombstone } = change
      run(statements.deleteSessions, { userId })
      run(statements.deleteActivity, { userId })
      const deleted = run(statements.deleteUser, { id: userId, expectedVersion })
      if (deleted !== 1) throw new StorageConflict('stale-user')
      run(statements.insertTombstone, {
        id: tombstone.id,
        deleted_at: tombstone.deletedAt.getTime(),
        actor: tombstone.actor ?? null,
      })
      return
    }
    case 'insertSession': {
      const { session } = change
      if (run(statements.insertSession, toSessionRow(session)) === 1) return
      throw new StorageConflict(get(statements.userVersion, { id: session.userId }) ? 'id-taken' : 'missing-user')
    }
    case 'touchSession':
      run(statements.touchSession, { id: change.sessionId, usedAt: change.usedAt.getTime() })
      return
    case 'keepNewestSessions':
      run(statements.keepNewestSessions, change)
      return
    case 'deleteSession': {
      const { userId, sessionId } = change
      if (run(statements.deleteSession, { id: sessionId, userId }) !== 1) throw new StorageConflict('missing-session')
      return
    }
    case 'deleteSessions':
      run(statements.deleteSessions, { userId: change.userId })
      return
    case 'appendActivity': {
      const row = toActivityRow(change.activity)
      const append = row.user_id === null ? statements.appendActivityOfNobody : statements.appendActivity
      if (run(append, row) !== 1) throw new StorageConflict('missing-user')
      return
    }
  }
}
