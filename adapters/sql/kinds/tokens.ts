import type { TokenRecord } from '../../../src/domain/token.js'
import {
  type Columns,
  columnNames,
  dateOf,
  type NumberedTable,
  optionalCount,
  optionalText,
  type RowOf,
  type SqlKind,
  textOf,
} from '../columns.js'
import { compiler, type SqlDialect } from '../dialect.js'
import { arg } from '../statement.js'
import type { UserTable } from './users.js'

const columns = {
  id: 'text',
  user_id: 'text',
  purpose: 'text',
  secret_hash: 'text',
  session_epoch: 'count?',
  email: 'text?',
  tries_left: 'count?',
  actor: 'text?',
  created_at: 'date',
  expires_at: 'date',
} as const satisfies Columns

const tokenColumns = columnNames(columns)
type TokenRow = RowOf<typeof columns>
type TokenTable = {
  rollbook_tokens: NumberedTable<TokenRow>
}

export const tokens = {
  columns,
  conflicts: {
    tokens_id_unique: 'id-taken',
    tokens_secret_unique: 'id-taken',
    tokens_user_exists: 'missing-user',
  },
  sweep: { column: 'expires_at', comparison: '<=', moment: 'expiredAt' },
  toRow: toTokenRow,
  toRecord: toTokenRecord,
} as const satisfies SqlKind<'tokens', TokenRow>

function toTokenRow(token: TokenRecord): TokenRow {
  return {
    id: token.id,
    user_id: token.userId,
    purpose: token.purpose,
    secret_hash: token.secretHash,
    session_epoch: token.sessionEpoch ?? null,
    email: token.email ?? null,
    tries_left: token.triesLeft ?? null,
    actor: token.actor ?? null,
    created_at: token.createdAt.getTime(),
    expires_at: token.expiresAt.getTime(),
  }
}

function toTokenRecord(row: TokenRow): TokenRecord {
  return {
    id: textOf(row.id, 'id'),
    userId: textOf(row.user_id, 'user_id'),
    purpose: textOf(row.purpose, 'purpose'),
    secretHash: textOf(row.secret_hash, 'secret_hash'),
    sessionEpoch: optionalCount(row.session_epoch, 'session_epoch'),
    email: optionalText(row.email, 'email'),
    triesLeft: optionalCount(row.tries_left, 'tries_left'),
    actor: optionalText(row.actor, 'actor'),
    createdAt: dateOf(row.created_at, 'created_at'),
    expiresAt: dateOf(row.expires_at, 'expires_at'),
  }
}

/**
 * The SQL that creates the table of tokens. They are deleted with their user by the table itself too: a process of a
 * release that does not know them goes on deleting users.
 */
export function tokenTable({ table, name, text, wholeNumber, rowNumber }: SqlDialect): string {
  return `
    create table ${table('tokens')} (
      seq ${rowNumber},
      id ${text} not null constraint ${name('tokens_id_unique')} unique,
      user_id ${text} not null constraint ${name('tokens_user_exists')}
        references ${table('users')} (id) on delete cascade,
      purpose ${text} not null,
      secret_hash ${text} not null constraint ${name('tokens_secret_unique')} unique,
      session_epoch ${wholeNumber},
      email ${text},
      tries_left ${wholeNumber},
      actor ${text},
      created_at ${wholeNumber} not null,
      expires_at ${wholeNumber} not null
    );
    create index ${name('tokens_user')} on ${table('tokens')} (user_id, purpose);
    create index ${name('tokens_expiry')} on ${table('tokens')} (expires_at);`
}

/** Compiles the statements on tokens. */
export function tokenStatements(dialect: SqlDialect) {
  const db = dialect.db.withTables<TokenTable & UserTable>()
  const { made, insertOfUser } = compiler(dialect)
  const ofUser = db.deleteFrom('rollbook_tokens').where('user_id', '=', arg<string>('userId'))

  return {
    insertToken: insertOfUser('rollbook_tokens', tokenColumns, ['id', 'secret_hash']),
    redeemToken: made(ofUser.where('id', '=', arg<string>('tokenId'))),
    deleteTokensFor: made(ofUser.where('purpose', '=', arg<string>('purpose'))),
  }
}
