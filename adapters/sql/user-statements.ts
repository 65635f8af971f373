import type { UserOrder } from '../../src/domain/page.js'
import { compiler, type SqlDialect } from './dialect.js'
import { tombstoneColumns, userColumns } from './schema.js'
import { arg } from './statement.js'
/** Compiles the statements on users and tombstones. */
export function userStatements(dialect: SqlDialect) {
  const { db, sql, indexOf } = dialect
  const { made, counted, argsFor } = compiler(dialect)
  const contains = sql<boolean>`${sql.raw(indexOf)}(${sql.ref('search_text')}, ${arg<string>('match')}) > 0`
  function listUsers(order: UserOrder, matching: boolean) {
    const [comparison, direction] = order === 'oldest-first' ? (['>', 'asc'] as const) : (['<', 'desc'] as const)
    return made(
      db
        .selectFrom('rollbook_users')
        .select(['seq', ...userColumns])
        .where('seq', comparison, arg<number>('after'))
        .$if(matching, (query) => query.where(contains))
        .orderBy('seq', direction)
        .limit(arg<number>('limit'))
        .offset(arg<number>('offset')),
    )
  }

  return {
    findUserById: made(db.selectFrom('rollbook_users').select(userColumns).where('id', '=', arg<string>('id'))),
    findUserByEmailKey: made(
      db.selectFrom('rollbook_users').select(userColumns).where('email_key', '=', arg<string>('emailKey')),
    ),
    listUsers: {
      'oldest-first': { all: listUsers('oldest-first', false), matching: listUsers('oldest-first', true) },
      'newest-first': { all: listUsers('newest-first', false), matching: listUsers('newest-first', true) },
    },
    countUsers: made(db.selectFrom('rollbook_users').select(({ fn }) => fn.countAll<number>().as('count'))),
    countMatchingUsers: counted(db.selectFrom('rollbook_users').select('seq').where(contains)),

    insertUser: made(
      db
        .insertInto('rollbook_users')
        .values(argsFor(userColumns))
        .onConflict((conflict) => conflict.doNothing()),
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
    deleteUser: made(
      db
        .deleteFrom('rollbook_users')
        .where('id', '=', arg<string>('id'))
        .where('version', '=', arg<number>('expectedVersion')),
    ),
    userVersion: made(db.selectFrom('rollbook_users').select('version').where('id', '=', arg<string>('id'))),
    findTombstone: made(db.selectFrom('rollbook_tombstones').select('id').where('id', '=', arg<string>('id'))),
    insertTombstone: made(db.insertInto('rollbook_tombstones').values(argsFor(tombstoneColumns))),
  }
}
