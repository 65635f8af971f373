import type { Fault, FaultyDatabase, Injection } from './database.js'
import { type Outcome, outcomeOf, requireNoSecret } from './laws.js'
import type { Operation } from './operations.js'
import { serviceOver } from './world.js'

/** What an operation did, and how it ended. */
export interface Observed {
  readonly outcome: Outcome
  readonly statements: readonly string[]
  /** The places of the statements that failed. */
  readonly failures: readonly number[]
  readonly events: string
  readonly hashes: number
}

/** Runs an operation by a service of its own, whose clock goes on with each failure where time is passing. */
export async function observed<F extends Fault>(
  database: FaultyDatabase<F>,
  operation: Operation,
  injection?: Injection<F>,
  isTimePassing = false,
): Promise<Observed> {
  const world = serviceOver(operation.isFirst ? database.fresh() : database.storage)
  let outcome: Outcome = { answer: 'did not run' }
  const { statements, failures } = await database.watch(
    async () => {
      outcome = await outcomeOf(() => operation.run(world))
    },
    injection && { ...injection, onFailure: () => world.clock.advance(isTimePassing ? 1 : 0) },
  )
  database.requireAtRest()
  requireNoSecret(world.logged)
  return { outcome, statements, failures, events: JSON.stringify(world.events), hashes: world.work.hashes }
}

/** Whether the statement at this place is one of a transaction, and not its first or its last. */
export function isInside(statements: readonly string[], at: number): boolean {
  const last = statements.slice(0, at).findLast((text) => /^(begin|commit|rollback)/i.test(text))
  return last !== undefined && /^begin/i.test(last) && !/^(commit|rollback)/i.test(statements[at] ?? '')
}
