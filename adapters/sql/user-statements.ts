import { compiler, type SqlDialect } from './dialect.js'
import { tombstoneColumns, userColumns } from './schema.js'
import { arg } from './statement.js'

/** Compiles the statements on users and tombstones. */
export function userStatements(dialect: SqlDialect) {
  const { db, ignoresDuplicates, locksRows } = dialect
  const { made, isFree, argsFor, argsSelected } = compiler(dialect)

  return {
    findUserById: made(db.selectFrom('rollbook_users').select(userColumns).where('id', '=', arg<string>('id'))),
    findUserByEmailKey: made(
      db.selectFrom('rollbook_users').select(userColumns).where('email_key', '=', arg<string>('emailKey')),
    ),

    walkUsers: made(
      db
        .selectFrom('rollbook_users')
        .select(['seq', ...userColumns])
        .where('seq', '>', arg<number>('after'))
        .orderBy('seq')
        .limit(arg<number>('limit')),
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
    findTombstone: made(db.selectFrom('rollbook_tombstones').select('id').where('id', '=', arg<string>('id'))),
    insertTombstone: made(
      ignoresDuplicates
        ? db
            .insertInto('rollbook_tombstones')
            .values(argsFor(tombstoneColumns))
            .onConflict((conflict) => conflict.column('id').doNothing())
        : db
            .insertInto('rollbook_tombstones')
            .columns(tombstoneColumns)
            .expression(db.selectNoFrom(argsSelected(tombstoneColumns)).where(isFree('rollbook_tombstones', ['id']))),
    ),
    walkTombstones: made(
      db
        .selectFrom('rollbook_tombstones')
        .select(tombstoneColumns)
        .where('id', '>', arg<string>('after'))
        .orderBy('id')
        .limit(arg<number>('limit')),
    ),
  }
}
