import type { Activity, Session, User } from '../../src/index.js'
import type { Checked } from './check.js'

/** What each list numbers its rows by: a later row has a higher number. */
interface Row {
  readonly row: number
}

export interface KnownSession extends Row {
  session: Session
  readonly secret: string
  readonly epoch: number
}

export interface KnownEntry extends Row {
  readonly entry: Activity
}

export interface KnownUser extends Row {
  user: User
  password?: string
  /** Grows when all sessions end for good. */
  sessionEpoch: number
  /** Those that are stored, over or not, the oldest first. */
  sessions: KnownSession[]
  log: KnownEntry[]
}

/** What the model remembers. Plain data, so that it can be copied and gone on with in several ways. */
export interface State {
  now: number
  round: number
  rows: number
  readonly sessions: { readonly lifetimeMs: number; readonly maxPerUser: number; readonly idleTimeoutMs?: number }
  readonly users: Map<string, KnownUser>
  /** The ids of deleted users. */
  readonly gone: Set<string>
  /** Refused sign-ins with an email that nobody had. */
  nobody: KnownEntry[]
  /** What `onEvent` was told, in order. */
  readonly told: Activity[]
  /** The row that each position stands for. */
  readonly positions: Map<string, number>
}

export function newState(now: Date, sessions: State['sessions']): State {
  return {
    now: now.getTime(),
    round: 0,
    rows: 0,
    sessions,
    users: new Map(),
    gone: new Set(),
    nobody: [],
    told: [],
    positions: new Map(),
  }
}

/** What only the service can know: the ids and secrets that it made, the position it gave, and which error it chose. */
export interface Observed {
  readonly id?: string
  readonly secret?: string
  readonly next?: string
  readonly code?: string
  /** Where the credential was checked before: what was found then. */
  readonly checked?: Checked
}
