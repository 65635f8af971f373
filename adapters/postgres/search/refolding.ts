import { beside } from '../../sql/beside.js'
import { compiler, type SqlDialect } from '../../sql/dialect.js'
import { isFolded, type Refolded, type RefoldLimits, refoldStatements, refoldStep } from '../../sql/refold.js'
import { arg, type Statement } from '../../sql/statement.js'
import { run } from '../../sql/work.js'
import type { Access } from '../connection/access.js'
import { runOn } from '../connection/connection.js'
import { sqlState } from '../connection/driver-error.js'

// Those that change are locked until the step ends.
const usersOfStep = 200

/** Brings the search texts of a database of an earlier version up to date. */
export interface Refolding {
  /** Does it beside whatever else the process does, if there is anything to do. */
  start(): Promise<void>
  /** Does one step of it, and returns whether there is nothing left for now. */
  isDone(): Promise<boolean>
  stop(): void
}

/** A step is a transaction of its own. Of several processes one makes it, and the others look again later. */
export function createRefolding(access: Access, dialect: SqlDialect): Refolding {
  const statements = refoldStatements(dialect)
  const together = changeTogether(dialect)
  let isKnown = false

  async function isNothingLeft(): Promise<boolean> {
    // Without a transaction: a server that only reads may be asked this, too.
    isKnown ||= await access.read((connection) => runOn(connection, isFolded(statements)))
    return isKnown
  }

  async function step(): Promise<Refolded['outcome']> {
    if (await isNothingLeft()) return 'done'
    const limits: RefoldLimits = {
      most: usersOfStep,
      mostChanged: usersOfStep,
      change: function* (users) {
        yield* run(together, { users: JSON.stringify(users) })
      },
    }
    return (await access.write((connection) => runOn(connection, refoldStep(statements, limits)))).outcome
  }

  const work = beside(step, isPassing)
  return {
    async start() {
      // Asked here, and not beside: what runs beside would take a connection from whoever has opened the storage.
      if (!(await isNothingLeft())) work.start()
    },
    async isDone() {
      // Whatever goes wrong here, the sweep itself has done what it was asked for.
      return (await step().catch(() => 'done' as const)) !== 'more'
    },
    stop: work.stop,
  }
}

/** Locks that others hold, and deadlocks with them. */
function isPassing(error: unknown): boolean {
  return ['40001', '40P01', '55P03'].includes(sqlState(error) ?? '')
}

/** Changes many rows at once, each unless somebody has changed the user meanwhile, and folded what is new. */
function changeTogether(dialect: SqlDialect): Statement {
  const { sql } = dialect
  const query = sql`
    update ${sql.table('rollbook_users')} as found set search_text = folded.search_text
    from json_to_recordset(cast(${arg('users')} as json))
      as folded (seq bigint, name text, email text, search_text text)
    where found.seq = folded.seq and found.name = folded.name and found.email = folded.email`
  return compiler(dialect).raw(query)
}
