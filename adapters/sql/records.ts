import type { Activity } from '../../src/domain/activity.js'
import type { JsonObject } from '../../src/domain/json.js'
import type { SessionRecord } from '../../src/domain/session.js'
import type { UserRecord, UserStatus } from '../../src/domain/user.js'
import type { Tombstone } from '../../src/ports/storage.js'
import type { ActivityRow, SessionRow, TombstoneRow, UserRow } from './schema.js'

export function toUserRow(user: UserRecord): UserRow {
  return {
    id: user.id,
    email: user.email,
    email_key: user.emailKey,
    email_verified: Number(user.emailVerified),
    name: user.name,
    status: user.status,
    prefs: JSON.stringify(user.prefs),
    password_hash: user.passwordHash ?? null,
    password_updated_at: user.passwordUpdatedAt?.getTime() ?? null,
    created_at: user.createdAt.getTime(),
    updated_at: user.updatedAt.getTime(),
    search_text: user.searchText,
    version: user.version,
    session_epoch: user.sessionEpoch,
  }
}

export function toUserRecord(row: UserRow): UserRecord {
  return {
    id: row.id,
    email: row.email,
    emailKey: row.email_key,
    emailVerified: Boolean(row.email_verified),
    name: row.name,
    // Written by us from the same union.
    status: row.status as UserStatus,
    prefs: JSON.parse(row.prefs) as JsonObject,
    passwordHash: row.password_hash ?? undefined,
    passwordUpdatedAt: row.password_updated_at === null ? undefined : new Date(row.password_updated_at),
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
    searchText: row.search_text,
    version: row.version,
    sessionEpoch: row.session_epoch,
  }
}

export function toSessionRow(session: SessionRecord): SessionRow {
  return {
    id: session.id,
    user_id: session.userId,
    secret_hash: session.secretHash,
    session_epoch: session.sessionEpoch,
    created_at: session.createdAt.getTime(),
    expires_at: session.expiresAt.getTime(),
    used_at: session.usedAt.getTime(),
    ip: session.ip ?? null,
    user_agent: session.userAgent ?? null,
  }
}

export function toSessionRecord(row: SessionRow): SessionRecord {
  return {
    id: row.id,
    userId: row.user_id,
    secretHash: row.secret_hash,
    sessionEpoch: row.session_epoch,
    createdAt: new Date(row.created_at),
    expiresAt: new Date(row.expires_at),
    usedAt: new Date(row.used_at),
    ip: row.ip ?? undefined,
    userAgent: row.user_agent ?? undefined,
  }
}

export function toActivityRow(activity: Activity): ActivityRow {
  return {
    id: activity.id,
    event: activity.event,
    user_id: activity.userId ?? null,
    at: activity.at.getTime(),
    actor: activity.actor ?? null,
    ip: activity.ip ?? null,
    user_agent: activity.userAgent ?? null,
    details: activity.details === undefined ? null : JSON.stringify(activity.details),
  }
}

export function toActivity(row: ActivityRow): Activity {
  return {
    id: row.id,
    event: row.event,
    at: new Date(row.at),
    ...(row.user_id !== null && { userId: row.user_id }),
    ...(row.actor !== null && { actor: row.actor }),
    ...(row.ip !== null && { ip: row.ip }),
    ...(row.user_agent !== null && { userAgent: row.user_agent }),
    ...(row.details !== null && { details: JSON.parse(row.details) as JsonObject }),
  }
}

export function toTombstoneRow({ id, deletedAt, actor }: Tombstone): TombstoneRow {
  return { id, deleted_at: deletedAt.getTime(), actor: actor ?? null }
}

export function toTombstone(row: TombstoneRow): Tombstone {
  return { id: row.id, deletedAt: new Date(row.deleted_at), actor: row.actor ?? undefined }
}
