import type { Activity } from '../../domain/activity.js'
import type { SessionRecord } from '../../domain/session.js'
import type { TokenRecord } from '../../domain/token.js'
import type { UserRecord } from '../../domain/user.js'
import { kinds } from '../../ports/kinds.js'
import type { Change, RecordKind, Tombstone, UsersStorage } from '../../ports/storage.js'
import { aRecordOf, at } from './builders.js'

export function insertUser(user: UserRecord): Change {
  return { op: 'insertUser', user }
}

/** Replaces a user by its next version. */
export function replaceUser(before: UserRecord, given: Partial<UserRecord> = {}): Change {
  return {
    op: 'replaceUser',
    user: { ...before, version: before.version + 1, ...given },
    expectedVersion: before.version,
  }
}

export function deleteUser({ id, version }: UserRecord): Change {
  return {
    op: 'deleteUser',
    userId: id,
    expectedVersion: version,
    tombstone: { id, deletedAt: at(0), actor: undefined },
  }
}

export function insertTombstone(tombstone: Tombstone): Change {
  return { op: 'insertTombstone', tombstone }
}

export function insertSession(session: SessionRecord): Change {
  return { op: 'insertSession', session }
}

export function insertToken(token: TokenRecord): Change {
  return { op: 'insertToken', token }
}

export function appendActivity(activity: Activity): Change {
  return { op: 'appendActivity', activity }
}

/** Stores some record of a kind, with an id, and of a user where it is owned. */
export function insertRecord<Kind extends RecordKind>(kind: Kind, id: string, userId: string): Change {
  return kinds[kind].insertion(aRecordOf[kind]({ id, userId }))
}

/** Commits users, then sessions, then entries, in one commit. */
export function given(
  storage: UsersStorage,
  world: {
    readonly users?: readonly UserRecord[]
    readonly sessions?: readonly SessionRecord[]
    readonly activity?: readonly Activity[]
  },
): Promise<void> {
  const { users = [], sessions = [], activity = [] } = world
  return storage.commit([...users.map(insertUser), ...sessions.map(insertSession), ...activity.map(appendActivity)])
}
