import { copyOf } from '../../src/domain/copy-of.js'
import type { SessionRecord } from '../../src/domain/session.js'
import type { UserRecord } from '../../src/domain/user.js'
import { StorageConflict } from '../../src/errors/index.js'
import type { Change } from '../../src/ports/storage.js'
import type { Journal } from './journal.js'
import { noRows, type Row, type Rows, rowsFrom } from './rows.js'
import type { Tables } from './tables.js'

/** Applies one change through the journal, so that it can be taken back. */
export function apply(tables: Tables, journal: Journal, change: Change): void {
  switch (change.op) {
    case 'insertUser': {
      const { user } = change
      if (isTaken(user.id)) throw new StorageConflict('id-taken')
      if (tables.userByEmailKey.has(user.emailKey)) throw new StorageConflict('email-taken')
      putUser({ seq: tables.nextSeq++, record: copyOf(user) })
      return
    }
    case 'replaceUser': {
      const { user } = change
      const before = current(user.id, change.expectedVersion)
      const holder = tables.userByEmailKey.get(user.emailKey)
      if (holder && holder.seq !== before.seq) throw new StorageConflict('email-taken')
      journal.unset(tables.userByEmailKey, before.record.emailKey)
      putUser({ seq: before.seq, record: copyOf(user) }, before)
      return
    }
    case 'deleteUser': {
      const row = current(change.userId, change.expectedVersion)
      for (const session of sessionsOf(change.userId)) removeSession(session)
      journal.unset(tables.sessionsOf, change.userId)
      for (const entry of rowsOf(tables.activityOf.get(change.userId))) journal.remove(tables.activity, entry)
      journal.unset(tables.activityOf, change.userId)
      journal.unset(tables.userById, change.userId)
      journal.unset(tables.userByEmailKey, row.record.emailKey)
      journal.remove(tables.users, row)
      journal.set(tables.tombstones, change.userId, copyOf(change.tombstone))
      return
    }
    case 'insertTombstone': {
      const { tombstone } = change
      if (isTaken(tombstone.id)) throw new StorageConflict('id-taken')
      journal.set(tables.tombstones, tombstone.id, copyOf(tombstone))
      return
    }
    case 'insertSession': {
      if (!tables.userById.has(change.session.userId)) throw new StorageConflict('missing-user')
      if (tables.sessionById.has(change.session.id)) throw new StorageConflict('id-taken')
      putSession({ seq: tables.nextSeq++, record: copyOf(change.session) })
      return
    }
    case 'touchSession': {
      const row = tables.sessionById.get(change.sessionId)
      if (!row || row.record.usedAt >= change.usedAt) return
      putSession({ seq: row.seq, record: { ...row.record, usedAt: new Date(change.usedAt) } }, row)
      return
    }
    case 'keepNewestSessions': {
      const rows = sessionsOf(change.userId)
      for (const row of rows.slice(0, Math.max(0, rows.length - change.keep))) removeSession(row)
      return
    }
    case 'deleteSession': {
      const row = tables.sessionById.get(change.sessionId)
      if (row?.record.userId !== change.userId) throw new StorageConflict('missing-session')
      removeSession(row)
      return
    }
    case 'deleteSessions': {
      for (const row of sessionsOf(change.userId)) removeSession(row)
      return
    }
    case 'appendActivity': {
      const { userId } = change.activity
      if (userId !== undefined && !tables.userById.has(userId)) throw new StorageConflict('missing-user')
      const rows = tables.activityOf.get(userId) ?? noRows()
      if (!tables.activityOf.has(userId)) journal.set(tables.activityOf, userId, rows)
      const row = { seq: tables.nextSeq++, record: copyOf(change.activity) }
      journal.put(rows, row)
      journal.put(tables.activity, row)
      return
    }
  }

  function isTaken(userId: string): boolean {
    return tables.userById.has(userId) || tables.tombstones.has(userId)
  }

  function current(userId: string, version: number): Row<UserRecord> {
    const row = tables.userById.get(userId)
    if (row?.record.version !== version) throw new StorageConflict('stale-user')
    return row
  }

  function putUser(row: Row<UserRecord>, before?: Row<UserRecord>): void {
    journal.put(tables.users, row, before)
    journal.set(tables.userById, row.record.id, row)
    journal.set(tables.userByEmailKey, row.record.emailKey, row)
  }

  /** A copy, since the caller may remove from the list as it goes. */
  function sessionsOf(userId: string): Row<SessionRecord>[] {
    return rowsOf(tables.sessionsOf.get(userId))
  }

  function putSession(row: Row<SessionRecord>, before?: Row<SessionRecord>): void {
    const { userId, id, secretHash } = row.record
    const rows = tables.sessionsOf.get(userId) ?? noRows()
    if (!tables.sessionsOf.has(userId)) journal.set(tables.sessionsOf, userId, rows)
    journal.put(rows, row, before)
    journal.put(tables.sessions, row, before)
    journal.set(tables.sessionById, id, row)
    journal.set(tables.sessionBySecret, secretHash, row)
  }

  function removeSession(row: Row<SessionRecord>): void {
    const rows = tables.sessionsOf.get(row.record.userId)
    if (rows) journal.remove(rows, row)
    journal.remove(tables.sessions, row)
    journal.unset(tables.sessionById, row.record.id)
    journal.unset(tables.sessionBySecret, row.record.secretHash)
  }
}

function rowsOf<T>(rows: Rows<T> | undefined): Row<T>[] {
  return rows ? [...rowsFrom(rows, 0)] : []
}
