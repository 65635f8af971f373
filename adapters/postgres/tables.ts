import { StorageConflict } from '../../src/errors/index.js'
import type { SqlDialect } from '../sql/dialect.js'
import { type ConflictingConstraint, conflictOfConstraint } from '../sql/kinds/index.js'
import { violatedConstraint } from './connection/driver-error.js'

/**
 * Turns a violated constraint into a conflict: another commit came between the look of a statement and its write. The
 * conflict is the one that the look would have found. Returns any other error as it is.
 */
export function conflictOf(error: unknown, prefix: string): unknown {
  const violated = violatedConstraint(error)
  const reason = violated.startsWith(prefix) ? conflictOfConstraint(violated.slice(prefix.length)) : undefined
  // Without a cause, which would hold nothing but the row.
  return reason ? new StorageConflict(reason) : error
}

export function firstTables({ table, name, text, rowNumber }: SqlDialect): string {
  const constraint = (known: ConflictingConstraint) => `constraint ${name(known)}`
  return `
    create table ${table('users')} (
      seq ${rowNumber},
      id ${text} not null constraint ${name('users_id_unique')} unique,
      email ${text} not null,
      email_key ${text} not null ${constraint('users_email_key_unique')} unique,
      email_verified integer not null,
      name ${text} not null,
      status ${text} not null,
      prefs ${text} not null,
      password_hash ${text},
      password_updated_at bigint,
      created_at bigint not null,
      updated_at bigint not null,
      search_text ${text} not null,
      version bigint not null,
      session_epoch bigint not null
    );
    create table ${table('sessions')} (
      seq ${rowNumber},
      id ${text} not null constraint ${name('sessions_id_unique')} unique,
      user_id ${text} not null ${constraint('sessions_user_exists')} references ${table('users')} (id),
      secret_hash ${text} not null constraint ${name('sessions_secret_unique')} unique,
      session_epoch bigint not null,
      created_at bigint not null,
      expires_at bigint not null,
      used_at bigint not null,
      ip ${text},
      user_agent ${text}
    );
    create index ${name('sessions_user')} on ${table('sessions')} (user_id, seq);
    create index ${name('sessions_expiry')} on ${table('sessions')} (expires_at);
    create table ${table('activity')} (
      seq ${rowNumber},
      id ${text} not null,
      event ${text} not null,
      user_id ${text} ${constraint('activity_user_exists')} references ${table('users')} (id),
      at bigint not null,
      actor ${text},
      ip ${text},
      user_agent ${text},
      details ${text}
    );
    create index ${name('activity_user')} on ${table('activity')} (user_id, seq);
    create index ${name('activity_time')} on ${table('activity')} (at);
    create table ${table('tombstones')} (
      id ${text} primary key,
      deleted_at bigint not null,
      actor ${text}
    );`
}
