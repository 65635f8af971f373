import type { Activity } from '../../src/domain/activity.js'
import type { SessionRecord } from '../../src/domain/session.js'
import type { UserRecord } from '../../src/domain/user.js'
import type { Tombstone } from '../../src/ports/storage.js'
import type { ActivityRow, SessionRow, TombstoneRow, UserRow } from './schema.js'
import {
  booleanOf,
  countOf,
  dateOf,
  jsonObjectOf,
  optionalDate,
  optionalText,
  statusOf,
  textOf,
} from './stored-values.js'

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
    id: textOf(row.id, 'id'),
    email: textOf(row.email, 'email'),
    emailKey: textOf(row.email_key, 'email_key'),
    emailVerified: booleanOf(row.email_verified, 'email_verified'),
    name: textOf(row.name, 'name'),
    status: statusOf(row.status, 'status'),
    prefs: jsonObjectOf(row.prefs, 'prefs'),
    passwordHash: optionalText(row.password_hash, 'password_hash'),
    passwordUpdatedAt: optionalDate(row.password_updated_at, 'password_updated_at'),
    createdAt: dateOf(row.created_at, 'created_at'),
    updatedAt: dateOf(row.updated_at, 'updated_at'),
    searchText: textOf(row.search_text, 'search_text'),
    version: countOf(row.version, 'version'),
    sessionEpoch: countOf(row.session_epoch, 'session_epoch'),
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
    id: textOf(row.id, 'id'),
    userId: textOf(row.user_id, 'user_id'),
    secretHash: textOf(row.secret_hash, 'secret_hash'),
    sessionEpoch: countOf(row.session_epoch, 'session_epoch'),
    createdAt: dateOf(row.created_at, 'created_at'),
    expiresAt: dateOf(row.expires_at, 'expires_at'),
    usedAt: dateOf(row.used_at, 'used_at'),
    ip: optionalText(row.ip, 'ip'),
    userAgent: optionalText(row.user_agent, 'user_agent'),
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
    id: textOf(row.id, 'id'),
    event: textOf(row.event, 'event'),
    at: dateOf(row.at, 'at'),
    ...(row.user_id !== null && { userId: textOf(row.user_id, 'user_id') }),
    ...(row.actor !== null && { actor: textOf(row.actor, 'actor') }),
    ...(row.ip !== null && { ip: textOf(row.ip, 'ip') }),
    ...(row.user_agent !== null && { userAgent: textOf(row.user_agent, 'user_agent') }),
    ...(row.details !== null && { details: jsonObjectOf(row.details, 'details') }),
  }
}

export function toTombstoneRow({ id, deletedAt, actor }: Tombstone): TombstoneRow {
  return { id, deleted_at: deletedAt.getTime(), actor: actor ?? null }
}

export function toTombstone(row: TombstoneRow): Tombstone {
  return {
    id: textOf(row.id, 'id'),
    deletedAt: dateOf(row.deleted_at, 'deleted_at'),
    actor: optionalText(row.actor, 'actor'),
  }
}
