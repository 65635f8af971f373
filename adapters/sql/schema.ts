import type { Generated } from 'kysely'

/**
 * Our tables, as Kysely types. All columns are text or whole numbers, so that every database gives back what it got:
 * times are milliseconds since 1970, truth is 0 or 1, JSON is text.
 */
export interface Tables {
  rollbook_users: UserRow & { seq: Generated<number> }
  rollbook_sessions: SessionRow & { seq: Generated<number> }
  rollbook_activity: ActivityRow & { seq: Generated<number> }
  rollbook_tombstones: TombstoneRow
}

export interface UserRow {
  id: string
  email: string
  email_key: string
  email_verified: number
  name: string
  status: string
  prefs: string
  password_hash: string | null
  password_updated_at: number | null
  created_at: number
  updated_at: number
  search_text: string
  version: number
  session_epoch: number
}

export interface SessionRow {
  id: string
  user_id: string
  secret_hash: string
  session_epoch: number
  created_at: number
  expires_at: number
  used_at: number
  ip: string | null
  user_agent: string | null
}

export interface ActivityRow {
  id: string
  event: string
  user_id: string | null
  at: number
  actor: string | null
  ip: string | null
  user_agent: string | null
  details: string | null
}

export interface TombstoneRow {
  id: string
  deleted_at: number
  actor: string | null
}

export const userColumns = [
  'id',
  'email',
  'email_key',
  'email_verified',
  'name',
  'status',
  'prefs',
  'password_hash',
  'password_updated_at',
  'created_at',
  'updated_at',
  'search_text',
  'version',
  'session_epoch',
] as const satisfies readonly (keyof UserRow)[]

export const sessionColumns = [
  'id',
  'user_id',
  'secret_hash',
  'session_epoch',
  'created_at',
  'expires_at',
  'used_at',
  'ip',
  'user_agent',
] as const satisfies readonly (keyof SessionRow)[]

export const activityColumns = [
  'id',
  'event',
  'user_id',
  'at',
  'actor',
  'ip',
  'user_agent',
  'details',
] as const satisfies readonly (keyof ActivityRow)[]

export const tombstoneColumns = ['id', 'deleted_at', 'actor'] as const satisfies readonly (keyof TombstoneRow)[]
