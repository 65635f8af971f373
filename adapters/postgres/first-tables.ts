import type { TableNames } from './table-names.js'

// The collation makes comparing texts quick, their order that of their bytes, and two texts equal only when they are.
const text = 'text collate "C"'
const seq = 'seq bigint generated always as identity primary key'

export const uniqueEmail = (prefix: string) => `${prefix}users_email_key_unique`
export const sessionOfUser = (prefix: string) => `${prefix}sessions_user_exists`
export const activityOfUser = (prefix: string) => `${prefix}activity_user_exists`

export function firstTables({ prefix, table }: TableNames): string {
  return `
    create table ${table('users')} (
      ${seq},
      id ${text} not null constraint "${prefix}users_id_unique" unique,
      email ${text} not null,
      email_key ${text} not null constraint "${uniqueEmail(prefix)}" unique,
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
      ${seq},
      id ${text} not null constraint "${prefix}sessions_id_unique" unique,
      user_id ${text} not null constraint "${sessionOfUser(prefix)}" references ${table('users')} (id),
      secret_hash ${text} not null constraint "${prefix}sessions_secret_unique" unique,
      session_epoch bigint not null,
      created_at bigint not null,
      expires_at bigint not null,
      used_at bigint not null,
      ip ${text},
      user_agent ${text}
    );
    create index "${prefix}sessions_user" on ${table('sessions')} (user_id, seq);
    create index "${prefix}sessions_expiry" on ${table('sessions')} (expires_at);
    create table ${table('activity')} (
      ${seq},
      id ${text} not null,
      event ${text} not null,
      user_id ${text} constraint "${activityOfUser(prefix)}" references ${table('users')} (id),
      at bigint not null,
      actor ${text},
      ip ${text},
      user_agent ${text},
      details ${text}
    );
    create index "${prefix}activity_user" on ${table('activity')} (user_id, seq);
    create index "${prefix}activity_time" on ${table('activity')} (at);
    create table ${table('tombstones')} (
      id ${text} primary key,
      deleted_at bigint not null,
      actor ${text}
    );`
}
