import { compiler, type SqlDialect } from './dialect.js'
import { sessionColumns, userColumns } from './schema.js'
import { arg } from './statement.js'

/** Compiles the statements on sessions. */
export function sessionStatements(dialect: SqlDialect) {
  const { db, sql, ignoresDuplicates } = dialect
  const { made, counted, deleteSome, isFree, argsSelected } = compiler(dialect)
  const aliveSessions = db
    .selectFrom('rollbook_sessions')
    .where('user_id', '=', arg<string>('userId'))
    .where('session_epoch', '=', arg<number>('sessionEpoch'))
    .where('expires_at', '>', arg<number>('expiresAfter'))
    .where('used_at', '>', arg<number>('usedAfter'))

  return {
    findSession: made(
      db
        .selectFrom('rollbook_sessions as session')
        .innerJoin('rollbook_users as user', 'user.id', 'session.user_id')
        .select(userColumns.map((column) => `user.${column}` as const))
        .select(sessionColumns.map((column) => `session.${column} as session_${column}` as const))
        .where('session.secret_hash', '=', arg<string>('secretHash')),
    ),
    listSessions: made(
      aliveSessions
        .select(['seq', ...sessionColumns])
        .where('seq', '<', arg<number>('after'))
        .orderBy('seq', 'desc')
        .limit(arg<number>('limit'))
        .offset(arg<number>('offset')),
    ),
    countSessions: counted(aliveSessions.select('seq')),
    walkSessions: made(
      db
        .selectFrom('rollbook_sessions')
        .select(['seq', ...sessionColumns])
        .where('seq', '>', arg<number>('after'))
        .orderBy('seq')
        .limit(arg<number>('limit')),
    ),
    // From the user's row, so that there is nothing to insert without one.
    insertSession: made(
      db
        .insertInto('rollbook_sessions')
        .columns(sessionColumns)
        .expression(
          db
            .selectFrom('rollbook_users')
            .select(argsSelected(sessionColumns))
            .where('id', '=', arg<string>('user_id'))
            .$if(!ignoresDuplicates, (query) => query.where(isFree('rollbook_sessions', ['id']))),
        )
        .$if(ignoresDuplicates, (query) => query.onConflict((conflict) => conflict.column('id').doNothing())),
    ),
    touchSession: made(
      db
        .updateTable('rollbook_sessions')
        .set({ used_at: arg<number>('usedAt') })
        .where('id', '=', arg<string>('id'))
        .where('used_at', '<', arg<number>('usedAt')),
    ),
    keepNewestSessions: made(
      db
        .deleteFrom('rollbook_sessions')
        .where('user_id', '=', arg<string>('userId'))
        .where(
          'seq',
          '<=',
          db
            .selectFrom('rollbook_sessions as newest')
            .select('newest.seq')
            .where('newest.user_id', '=', arg<string>('userId'))
            .orderBy('newest.seq', 'desc')
            .limit(1)
            .offset(arg<number>('keep')),
        ),
    ),
    deleteSession: made(
      db
        .deleteFrom('rollbook_sessions')
        .where('id', '=', arg<string>('id'))
        .where('user_id', '=', arg<string>('userId')),
    ),
    deleteSessions: made(db.deleteFrom('rollbook_sessions').where('user_id', '=', arg<string>('userId'))),
    sweepSessions: deleteSome('rollbook_sessions', sql`expires_at <= ${arg('expiredAt')}`),
  }
}
