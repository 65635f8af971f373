import type { Activity } from '../../src/domain/activity.js'
import type { SessionRecord } from '../../src/domain/session.js'
import type { UserRecord } from '../../src/domain/user.js'
import type { Tombstone } from '../../src/ports/storage.js'
import { noRows, type Row, type Rows } from './rows.js'

/** What the storage holds. Keyed by Maps only: a name like `constructor` finds nothing in them. */
export interface Tables {
  nextSeq: number
  /** In the order of registration. */
  readonly users: Rows<UserRecord>
  readonly userById: Map<string, Row<UserRecord>>
  readonly userByEmailKey: Map<string, Row<UserRecord>>
  readonly tombstones: Map<string, Tombstone>
  readonly sessionById: Map<string, Row<SessionRecord>>
  readonly sessionBySecret: Map<string, Row<SessionRecord>>
  readonly sessions: Rows<SessionRecord>
  readonly sessionsOf: Map<string, Rows<SessionRecord>>
  readonly activity: Rows<Activity>
  /** Under `undefined`: what is about nobody. */
  readonly activityOf: Map<string | undefined, Rows<Activity>>
}

export function emptyTables(): Tables {
  return {
    nextSeq: 1,
    users: noRows(),
    userById: new Map(),
    userByEmailKey: new Map(),
    tombstones: new Map(),
    sessionById: new Map(),
    sessionBySecret: new Map(),
    sessions: noRows(),
    sessionsOf: new Map(),
    activity: noRows(),
    activityOf: new Map(),
  }
}
