import { compiler, type SqlDialect } from './dialect.js'
import { activityColumns } from './schema.js'
import { arg } from './statement.js'

/** Compiles the statements on activity. */
export function activityStatements(dialect: SqlDialect) {
  const { db, sql } = dialect
  const { made, counted, deleteSome, argsFor, argsSelected } = compiler(dialect)
  const activityOf = db.selectFrom('rollbook_activity').where('user_id', '=', arg<string>('userId'))

  return {
    listActivity: made(
      activityOf
        .select(['seq', ...activityColumns])
        .where('seq', '<', arg<number>('after'))
        .orderBy('seq', 'desc')
        .limit(arg<number>('limit'))
        .offset(arg<number>('offset')),
    ),
    countActivity: counted(activityOf.select('seq')),
    walkActivity: made(
      db
        .selectFrom('rollbook_activity')
        .select(['seq', ...activityColumns])
        .where('seq', '>', arg<number>('after'))
        .orderBy('seq')
        .limit(arg<number>('limit')),
    ),
    appendActivity: made(
      db
        .insertInto('rollbook_activity')
        .columns(activityColumns)
        .expression(
          db
            .selectFrom('rollbook_users')
            .select(argsSelected(activityColumns))
            .where('id', '=', arg<string>('user_id')),
        ),
    ),
    appendActivityOfNobody: made(db.insertInto('rollbook_activity').values(argsFor(activityColumns))),
    deleteActivity: made(db.deleteFrom('rollbook_activity').where('user_id', '=', arg<string>('userId'))),
    sweepActivity: deleteSome('rollbook_activity', sql`at < ${arg('activityBefore')}`),
  }
}
