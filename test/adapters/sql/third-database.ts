import Database from 'better-sqlite3'
import { apply } from '../../../adapters/sql/apply.js'
import { compiler, inBothOrders, type SqlAnswers, type SqlDialect, sqlDialect } from '../../../adapters/sql/dialect.js'
import { createStatements, sweep } from '../../../adapters/sql/kinds/index.js'
import { tokenTable } from '../../../adapters/sql/kinds/tokens.js'
import { toUserRecord, type UserRow, type UserTable, userColumns } from '../../../adapters/sql/kinds/users.js'
import { applyMissing, type Migrations, requireMigrated } from '../../../adapters/sql/migrations.js'
import { mostRows, pageOfRows, rangeArgs } from '../../../adapters/sql/page-of-rows.js'
import { foldProgressTable } from '../../../adapters/sql/refold.js'
import { arg } from '../../../adapters/sql/statement.js'
import { createCalls, storageOver } from '../../../adapters/sql/storage-over.js'
import { type Query, runNow, selectAll, selectOne, type Work } from '../../../adapters/sql/work.js'
import { StorageFailedError, UsersError } from '../../../src/errors/index.js'
import type { UserQuery, UsersStorage } from '../../../src/ports/storage.js'

/**
 * A database that answers every question otherwise than SQLite and PostgreSQL do, and is one all the same: SQLite takes
 * backticks, and named placeholders, and needs no upsert.
 */
export const thirdAnswers: SqlAnswers = {
  driver: 'better-sqlite3',
  createQueryCompiler({ MysqlQueryCompiler }) {
    class ThirdCompiler extends MysqlQueryCompiler {
      protected override getCurrentParameterPlaceholder(): string {
        return `@p${this.numParameters}`
      }
    }
    return new ThirdCompiler()
  },
  createAdapter: ({ MysqlAdapter }) => new MysqlAdapter(),
  toError: (error) => (UsersError.is(error) ? error : new StorageFailedError('unknown', { cause: error })),
  ignoresDuplicates: false,
  locksRows: false,
  limitsDeletes: false,
  wholeNumber: 'bigint',
  text: 'text',
  rowNumber: 'integer primary key autoincrement',
}

const migrations: Migrations = {
  list: [
    { id: '1-tables', up: tables },
    { id: '2-fold-progress', up: foldProgressTable },
    { id: '3-tokens', up: tokenTable },
  ],
  *requireOwnTable() {},
}

function tables({ table, name }: SqlDialect): string {
  return `
    create table ${table('users')} (seq integer primary key autoincrement, id text unique, email text, email_key text unique,
      email_verified int, name text, status text, prefs text, password_hash text, password_updated_at int, created_at int,
      updated_at int, search_text text, version int, session_epoch int);
    create table ${table('sessions')} (seq integer primary key autoincrement, id text unique, user_id text,
      secret_hash text unique, session_epoch int, created_at int, expires_at int, used_at int, ip text, user_agent text);
    create index ${name('sessions_user')} on ${table('sessions')} (user_id, seq);
    create table ${table('activity')} (seq integer primary key autoincrement, id text, event text, user_id text, at int,
      actor text, ip text, user_agent text, details text);
    create table ${table('tombstones')} (id text primary key, deleted_at int, actor text);`
}

/** Compiles how this database finds users: by reading all of them. */
export function listStatements(dialect: SqlDialect) {
  const { sql } = dialect
  const db = dialect.db.withTables<UserTable>()
  const { made, counted } = compiler(dialect)
  const users = db.selectFrom('rollbook_users').where(sql<boolean>`instr(search_text, ${arg('match')}) > 0`)
  return {
    count: counted(users.select('seq')),
    page: inBothOrders((comparison, direction) =>
      made(
        users
          .select(['seq', ...userColumns])
          .where('seq', comparison, arg<number>('after'))
          .orderBy('seq', direction)
          .limit(arg<number>('limit'))
          .offset(arg<number>('offset')),
      ),
    ),
  }
}

/** A whole storage in this database: all that a third one needs. */
export function thirdStorage(prefix: string, handle = new Database(':memory:')): UsersStorage {
  const dialect = sqlDialect(thirdAnswers, { prefix })
  const statements = createStatements(dialect)
  const lists = listStatements(dialect)
  const run = <T>(work: Work<T>): T => runNow(work, (query) => resultOf(handle, query))
  const transact = <T>(work: () => Work<T>): T => handle.transaction(() => run(work())).immediate()

  function* listUsers({ match = '', ...query }: UserQuery) {
    const args = { match, ...rangeArgs(query, query.order) }
    const rows = yield* selectAll<UserRow & { seq: number }>(lists.page[query.order], args)
    const counting = { match, most: mostRows(query.total) }
    const found = query.total === 'none' ? undefined : yield* selectOne<{ count: number }>(lists.count, counting)
    return pageOfRows(rows, query, toUserRecord, found?.count)
  }

  transact(() => applyMissing(dialect, migrations))
  return storageOver(statements, {
    calls: createCalls({
      before: () => run(requireMigrated(dialect, migrations)),
      toError: (error) => dialect.toError(error, dialect),
    }),
    read: (work) => run(work()),
    async commit(changes) {
      transact(function* () {
        for (const change of changes) yield* apply(statements, change)
      })
    },
    listUsers: (query) => run(listUsers(query)),
    sweep: async (request) => transact(() => sweep(statements, request)),
    async close() {},
  })
}

function resultOf(handle: Database.Database, { result, statement: { sql, values }, args }: Query): unknown {
  if (result === 'none') return handle.exec(sql)
  const named = Object.fromEntries(values(args).map((value, index) => [`p${index + 1}`, value]))
  const prepared = handle.prepare(sql)
  if (result === 'row') return prepared.get(named)
  if (result === 'rows') return prepared.all(named)
  return prepared.run(named).changes
}
