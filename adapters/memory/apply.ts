import { copyOf } from '../../src/domain/copy-of.js'
import type { UserRecord } from '../../src/domain/user.js'
import { type ConflictReason, StorageConflict } from '../../src/errors/index.js'
import { ownedKinds } from '../../src/ports/kinds.js'
import type { Change } from '../../src/ports/storage.js'
import type { Journal } from './journal.js'
import type { Row } from './rows.js'
import { rowBy, rowsOfUser, type Tables, writerTo } from './tables.js'

/** Applies one change through the journal, so that it can be taken back. */
export function apply(tables: Tables, journal: Journal, change: Change): void {
  const { users, sessions, tokens, tombstones } = tables.of
  const { insert, replace, remove, removeOfUser } = writerTo(tables, journal)
  switch (change.op) {
    case 'insertUser': {
      const { user } = change
      refuseIf('id-taken', isTaken(user.id))
      refuseIf('email-taken', rowBy(users, 'emailKey', user.emailKey))
      insert('users', copyOf(user))
      return
    }
    case 'replaceUser': {
      const { user } = change
      const before = current(user.id, change.expectedVersion)
      const holder = rowBy(users, 'emailKey', user.emailKey)
      refuseIf('email-taken', holder && holder.seq !== before.seq)
      replace('users', before, copyOf(user))
      return
    }
    case 'deleteUser': {
      const row = current(change.userId, change.expectedVersion)
      for (const kind of ownedKinds) removeOfUser(kind, change.userId)
      remove('users', row)
      insert('tombstones', copyOf(change.tombstone))
      return
    }
    case 'insertTombstone': {
      refuseIf('id-taken', isTaken(change.tombstone.id))
      insert('tombstones', copyOf(change.tombstone))
      return
    }
    case 'insertSession': {
      const { session } = change
      refuseIf('missing-user', !isUser(session.userId))
      refuseIf('id-taken', rowBy(sessions, 'id', session.id))
      insert('sessions', copyOf(session))
      return
    }
    case 'touchSession': {
      const row = rowBy(sessions, 'id', change.sessionId)
      if (!row || row.record.usedAt >= change.usedAt) return
      replace('sessions', row, { ...row.record, usedAt: new Date(change.usedAt) })
      return
    }
    case 'keepNewestSessions': {
      const rows = rowsOfUser(sessions, change.userId)
      for (const row of rows.slice(0, Math.max(0, rows.length - change.keep))) remove('sessions', row)
      return
    }
    case 'deleteSession': {
      const row = rowBy(sessions, 'id', change.sessionId)
      if (row?.record.userId !== change.userId) throw new StorageConflict('missing-session')
      remove('sessions', row)
      return
    }
    case 'deleteSessions':
      removeOfUser('sessions', change.userId)
      return
    case 'insertToken': {
      const { token } = change
      refuseIf('missing-user', !isUser(token.userId))
      refuseIf('id-taken', rowBy(tokens, 'id', token.id) ?? rowBy(tokens, 'secretHash', token.secretHash))
      insert('tokens', copyOf(token))
      return
    }
    case 'redeemToken': {
      const row = rowBy(tokens, 'id', change.tokenId)
      if (row?.record.userId !== change.userId) throw new StorageConflict('missing-token')
      remove('tokens', row)
      return
    }
    case 'deleteTokens': {
      const { userId, purpose } = change
      const rows = rowsOfUser(tokens, userId)
      for (const row of rows) if (purpose === undefined || row.record.purpose === purpose) remove('tokens', row)
      return
    }
    case 'appendActivity': {
      const { userId } = change.activity
      refuseIf('missing-user', userId !== undefined && !isUser(userId))
      insert('activity', copyOf(change.activity))
      return
    }
    default:
      change satisfies never
  }

  function isUser(id: string): boolean {
    return rowBy(users, 'id', id) !== undefined
  }

  function isTaken(userId: string): boolean {
    return isUser(userId) || rowBy(tombstones, 'id', userId) !== undefined
  }

  function current(userId: string, version: number): Row<UserRecord> {
    const row = rowBy(users, 'id', userId)
    if (row?.record.version !== version) throw new StorageConflict('stale-user')
    return row
  }
}

function refuseIf(reason: ConflictReason, holds: unknown): void {
  if (holds) throw new StorageConflict(reason)
}
