import type { UserRecord } from '../../../src/domain/user.js'
import type { UserKey } from '../../../src/ports/storage.js'
import {
  booleanOf,
  type Columns,
  columnNames,
  countOf,
  dateOf,
  jsonObjectOf,
  type NumberedTable,
  optionalDate,
  optionalText,
  type RowOf,
  type SqlKind,
  textOf,
  userStatusOf,
} from '../columns.js'
import { compiler, type SqlDialect } from '../dialect.js'
import { arg, type Statement } from '../statement.js'
import { selectOne, type Work } from '../work.js'

const columns = {
  id: 'text',
  email: 'text',
  email_key: 'text',
  email_verified: 'boolean',
  name: 'text',
  status: 'text',
  prefs: 'json',
  password_hash: 'text?',
  password_updated_at: 'date?',
  created_at: 'date',
  updated_at: 'date',
  search_text: 'text',
  version: 'count',
  session_epoch: 'count',
} as const satisfies Columns

export const userColumns = columnNames(columns)
export type UserRow = RowOf<typeof columns>
export type UserTable = {
  rollbook_users: NumberedTable<UserRow>
}

export const users = {
  columns,
  conflicts: { users_id_unique: 'id-taken', users_email_key_unique: 'email-taken' },
  toRow: toUserRow,
  toRecord: toUserRecord,
} as const satisfies SqlKind<'users', UserRow>

function toUserRow(user: UserRecord): UserRow {
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
    status: userStatusOf(row.status, 'status'),
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

/** Compiles the statements on users. */
export function userStatements(dialect: SqlDialect) {
  const { ignoresDuplicates, locksRows } = dialect
  const db = dialect.db.withTables<UserTable>()
  const { made, isFree, argsFor, argsSelected } = compiler(dialect)

  return {
    findUserById: made(db.selectFrom('rollbook_users').select(userColumns).where('id', '=', arg<string>('id'))),
    findUserByEmailKey: made(
      db.selectFrom('rollbook_users').select(userColumns).where('email_key', '=', arg<string>('emailKey')),
    ),

    insertUser: made(
      ignoresDuplicates
        ? db
            .insertInto('rollbook_users')
            .values(argsFor(userColumns))
            .onConflict((conflict) => conflict.doNothing())
        : db
            .insertInto('rollbook_users')
            .columns(userColumns)
            .expression(
              db.selectNoFrom(argsSelected(userColumns)).where(isFree('rollbook_users', ['id', 'email_key'])),
            ),
    ),
    replaceUser: made(
      db
        .updateTable('rollbook_users')
        .set(argsFor(userColumns))
        .where('id', '=', arg<string>('id'))
        .where('version', '=', arg<number>('expectedVersion'))
        .where(({ not, exists }) =>
          not(
            exists(
              db
                .selectFrom('rollbook_users as other')
                .select('other.id')
                .where('other.email_key', '=', arg<string>('email_key'))
                .where('other.id', '<>', arg<string>('id')),
            ),
          ),
        ),
    ),
    deleteUser: made(db.deleteFrom('rollbook_users').where('id', '=', arg<string>('id'))),
    // So that no session or entry can be added while the user is being deleted.
    lockUser: made(
      db
        .selectFrom('rollbook_users')
        .select('version')
        .where('id', '=', arg<string>('id'))
        .$if(locksRows, (query) => query.forUpdate()),
    ),
    userVersion: made(db.selectFrom('rollbook_users').select('version').where('id', '=', arg<string>('id'))),
  }
}

/** The statements that find a user. */
type FindingUsers = { readonly [Name in 'findUserById' | 'findUserByEmailKey']: Statement }

export function* findUser(statements: FindingUsers, by: UserKey): Work<UserRecord | undefined> {
  const row = yield* selectOne<UserRow>('id' in by ? statements.findUserById : statements.findUserByEmailKey, by)
  return row && toUserRecord(row)
}
