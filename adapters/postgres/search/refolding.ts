import { backgroundTask } from '../../sql/background.js'
import { compiler, type SqlDialect } from '../../sql/dialect.js'
import { isFolded, type Refolded, type RefoldLimits, refoldStatements, refoldStep } from '../../sql/refold.js'
import { arg, type Statement } from '../../sql/statement.js'
import { execute } from '../../sql/work.js'
import type { Access } from '../connection/access.js'
import { runOn } from '../connection/connection.js'
import { sqlState } from '../connection/driver-error.js'

// The rows that change are locked until the step ends.
const usersOfStep = 200

/** Brings the search texts of a database of an earlier version up to date. */
export interface Refolding {
  /** Does it in the background, if there is anything to do. */
  start(): Promise<void>
  /** Does one step, and returns whether nothing is left for now. */
  isDone(): Promise<boolean>
  stop(): void
}

/** Each step is a transaction. Of several processes one does it, and the others look again later. */
export function createRefolding(access: Access, dialect: SqlDialect): Refolding {
  const statements = refoldStatements(dialect)
  const changeMany = bulkChange(dialect)
  let isKnown = false

  async function isNothingLeft(): Promise<boolean> {
    // Outside a transaction that writes: a server that only reads can be asked this too.
    isKnown ||= await access.read((connection) => runOn(connection, isFolded(statements)))
    return isKnown
  }

  async function step(): Promise<Refolded['outcome']> {
    if (await isNothingLeft()) return 'done'
    const limits: RefoldLimits = {
      most: usersOfStep,
      mostChanged: usersOfStep,
      change: function* (users) {
        yield* execute(changeMany, { users: JSON.stringify(users) })
      },
    }
    return (await access.write((connection) => runOn(connection, refoldStep(statements, limits)))).outcome
  }

  const work = backgroundTask(step, isPassing)
  return {
    async start() {
      // Checked here: a background task would take a connection away from the calls of the host.
      if (!(await isNothingLeft())) work.start()
    },
    async isDone() {
      // The sweep has done its own part, whatever goes wrong here.
      return (await step().catch(() => 'done' as const)) !== 'more'
    },
    stop: work.stop,
  }
}

/** Deadlocks, and locks that others hold. */
function isPassing(error: unknown): boolean {
  return ['40001', '40P01', '55P03'].includes(sqlState(error) ?? '')
}

/** Changes many rows at once. A user whom somebody has changed meanwhile is skipped: the new text is folded already. */
function bulkChange(dialect: SqlDialect): Statement {
  const { sql } = dialect
  const query = sql`
    update ${sql.table('rollbook_users')} as found set search_text = folded.search_text
    from json_to_recordset(cast(${arg('users')} as json))
      as folded (seq bigint, name text, email text, search_text text)
    where found.seq = folded.seq and found.name = folded.name and found.email = folded.email`
  return compiler(dialect).raw(query)
}
